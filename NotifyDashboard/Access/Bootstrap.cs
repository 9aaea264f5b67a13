using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access;

/// <summary>Creates the operator and the key of <see cref="BootstrapOptions"/> at the start, unless they exist.</summary>
internal sealed class Bootstrap(IOptions<AccessOptions> options, IOperatorStore operators, IApiKeyStore store, ApiKeys keys, OperatorPasswords passwords, ILogger<Bootstrap> log)
{
    public const string KeyName = "bootstrap";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var wanted = options.Value.Bootstrap;
        if (wanted is { OperatorName: { } name, OperatorPassword: { } password }) await MakeOperatorAsync(name, password, cancellation);
        if (wanted.ApiKey is not { } key) return;
        if (await store.ReplaceBootstrapAsync(new(KeyName, ApiKeyText.Hash(key), ApiKeyOrigins.Bootstrap, Actions.All, ["*"]), new(AuditActions.Bootstrap, AuditActors.Configuration, KeyName, "API key"))) AccessLog.BootstrapKey(log);
        // Warm-up: this lookup compiles the code path, so that the first request does not wait for the JIT (docs/performance.md).
        await keys.FindAsync(key, cancellation);
    }

    private async Task MakeOperatorAsync(string name, string password, CancellationToken cancellation)
    {
        _ = OperatorName.FindError(name, out var clean);
        // Saves the slow password hash at later starts. AddAsync makes the final check.
        if (await operators.FindAsync(clean, cancellation) is not null) return;
        if (await operators.AddAsync(new(clean, Roles.Admin, passwords.Hash(password)), new(AuditActions.Bootstrap, AuditActors.Configuration, clean, "operator, as admin"))) AccessLog.BootstrapOperator(log, clean);
    }
}
