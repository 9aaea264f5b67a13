using System.Data.Common;
using Dapper;
using NotifyDashboard.Access.Tokens;

namespace NotifyDashboard.Storage;

internal sealed class SecretStore(DbDataSource source) : ISecretStore
{
    private const string Select = "SELECT value FROM secrets WHERE name = @name";

    public byte[] Read(string name)
    {
        using var connection = source.OpenConnection();
        return connection.QuerySingle<byte[]>(Select, new { name });
    }
}
