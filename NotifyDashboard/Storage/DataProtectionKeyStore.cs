using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace NotifyDashboard.Storage;

/// <summary>The keys that protect cookies and forms, kept in the database so that everybody stays signed in over a restart.</summary>
internal sealed class DataProtectionKeyStore(Database db) : IXmlRepository
{
    private const string All = "SELECT xml FROM data_protection_keys ORDER BY id";

    private const string Insert = "INSERT INTO data_protection_keys (name, xml) VALUES (@friendlyName, @xml)";

    // The interface is synchronous. Database never resumes in the caller's context, so blocking here cannot deadlock.
    public IReadOnlyCollection<XElement> GetAllElements() => [.. db.QueryAsync<string>(All, null, CancellationToken.None).GetAwaiter().GetResult().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName)
    {
        var xml = element.ToString(SaveOptions.DisableFormatting);
        db.WriteAsync((connection, transaction) => connection.Execute(Insert, new { friendlyName, xml }, transaction)).GetAwaiter().GetResult();
    }
}
