using System.Data.Common;
using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Storage;

/// <summary>The keys that protect cookies and forms, kept in the database so that a restart signs nobody out.</summary>
internal sealed class DataProtectionKeyStore(DbDataSource source, SqliteWriter writer) : IXmlRepository
{
    private const string All = "SELECT xml FROM data_protection_keys ORDER BY id";

    private const string Insert = "INSERT INTO data_protection_keys (name, xml) VALUES (@friendlyName, @xml)";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = source.OpenConnection();
        return [.. connection.Query<string>(All).Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var xml = element.ToString(SaveOptions.DisableFormatting);
        // The interface knows no tasks; the writer has a thread of its own, so waiting here cannot hold it up.
        writer.WriteAsync((connection, transaction) => connection.Execute(Insert, new { friendlyName, xml }, transaction)).GetAwaiter().GetResult();
    }
}
