using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace NotifyDashboard.Storage;

/// <summary>The keys that protect cookies and forms, kept in the database so that a restart signs nobody out.</summary>
internal sealed class DataProtectionKeyStore(Database db) : IXmlRepository
{
    private const string All = "SELECT xml FROM data_protection_keys ORDER BY id";

    private const string Insert = "INSERT INTO data_protection_keys (name, xml) VALUES (@friendlyName, @xml)";

    // The interface knows no tasks. Database needs no thread of the caller's to end its work, so waiting here is safe.
    public IReadOnlyCollection<XElement> GetAllElements() => [.. db.QueryAsync<string>(All, null, CancellationToken.None).GetAwaiter().GetResult().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName)
    {
        var xml = element.ToString(SaveOptions.DisableFormatting);
        db.WriteAsync((connection, transaction) => connection.Execute(Insert, new { friendlyName, xml }, transaction)).GetAwaiter().GetResult();
    }
}
