namespace NotifyDashboard.Access;

/// <summary>The outcome of a set-up. <paramref name="Made"/> is null when there was already an operator; nothing was stored then, and <paramref name="ApiKey"/> is not a valid key.</summary>
internal sealed record SetUpResult(Operator? Made, string ApiKey);

/// <summary>Creates the first operator and the first key.</summary>
internal sealed class SetUp(IOperatorStore operators, OperatorPasswords passwords, SetUpLink link, ILogger<SetUp> log)
{
    public const string KeyName = "first key";

    /// <summary>Creates both in one transaction. The caller has validated the name, the password and the link.</summary>
    public async Task<SetUpResult> CompleteAsync(string name, string password, string? address)
    {
        var text = ApiKeyText.Create();
        var key = new NewApiKey(KeyName, ApiKeyText.Hash(text), ApiKeyOrigins.SetUp, Actions.All, ["*"]);
        var first = new NewOperator(name, Roles.Admin, passwords.Hash(password));
        var made = await operators.AddFirstAsync(first, key, new(AuditActions.SetUp, AuditActors.SetUpLink(address), name, "as admin, with a first key"));
        // Also when another request was faster: the link is of no use once there is an operator.
        link.Spend();
        if (made is not null) AccessLog.SetUpCompleted(log, made.Name);
        return new(made, text);
    }
}
