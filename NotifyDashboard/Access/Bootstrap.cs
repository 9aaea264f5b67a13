using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access;

/// <summary>Makes the operator and the key of <see cref="BootstrapOptions"/> at a start, where they are not there yet.</summary>
internal sealed class Bootstrap(IOptions<AccessOptions> options, IOperatorStore operators, IApiKeyStore store, ApiKeys keys, OperatorPasswords passwords, ILogger<Bootstrap> log)
{
    public const string KeyName = "bootstrap";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var wanted = options.Value.Bootstrap;
        if (wanted is { OperatorName: { } name, OperatorPassword: { } password }) await MakeOperatorAsync(name, password, cancellation);
        if (wanted.ApiKey is not { } key) return;
        if (await store.ReplaceBootstrapAsync(new(KeyName, ApiKeyText.Hash(key), ApiKeyOrigins.Bootstrap, Actions.All, ["*"]), new(AuditActions.Bootstrap, AuditActors.Configuration, KeyName, "API key"))) AccessLog.BootstrapKey(log);
        // Looked up once before the first request: that one need not wait for the compiler (docs/performance.md).
        await keys.FindAsync(key, cancellation);
    }

    private async Task MakeOperatorAsync(string name, string password, CancellationToken cancellation)
    {
        _ = OperatorName.Fault(name, out var clean);
        // Looked up first only to spare every later start the hashing; the store decides.
        if (await operators.FindAsync(clean, cancellation) is not null) return;
        if (await operators.AddAsync(new(clean, Roles.Admin, passwords.Hash(password)), new(AuditActions.Bootstrap, AuditActors.Configuration, clean, "operator, as admin"))) AccessLog.BootstrapOperator(log, clean);
    }
}
