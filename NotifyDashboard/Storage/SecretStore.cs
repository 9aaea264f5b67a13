using NotifyDashboard.Access.Tokens;

namespace NotifyDashboard.Storage;

internal sealed class SecretStore(Database db) : ISecretStore
{
    private const string Select = "SELECT value FROM secrets WHERE name = @name";

    // Read once, at first use.
    public byte[] Read(string name) => db.FindAsync<byte[]>(Select, new { name }, CancellationToken.None).GetAwaiter().GetResult()
        ?? throw new InvalidOperationException($"The database has no secret {name}.");
}
