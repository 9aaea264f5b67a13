namespace NotifyDashboard.Access;

/// <summary>What a set-up came to: the operator and the first key's text, or neither because there was an operator already.</summary>
internal sealed record SetUpResult(Operator? Made, string ApiKey);

/// <summary>Makes the first operator and the first key.</summary>
internal sealed class SetUp(IOperatorStore operators, OperatorPasswords passwords, SetUpLink link, ILogger<SetUp> log)
{
    public const string KeyName = "first key";

    /// <summary>Name and password must have passed their rules, and the link its check.</summary>
    public async Task<SetUpResult> CompleteAsync(string name, string password, string? address)
    {
        var text = ApiKeyText.Create();
        var key = new NewApiKey(KeyName, ApiKeyText.Hash(text), ApiKeyOrigins.SetUp, Actions.All, ["*"]);
        var first = new NewOperator(name, Roles.Admin, passwords.Hash(password));
        var made = await operators.AddFirstAsync(first, key, new(AuditActions.SetUp, AuditActors.SetUpLink(address), name, "as admin, with a first key"));
        // Also when another was faster: with an operator the link has nothing left to do.
        link.Spend();
        if (made is not null) AccessLog.SetUpCompleted(log, made.Name);
        return new(made, text);
    }
}
