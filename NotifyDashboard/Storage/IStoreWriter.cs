using System.Data.Common;

namespace NotifyDashboard.Storage;

/// <summary>How the stores write to the database: one transaction after another.</summary>
internal interface IStoreWriter
{
    /// <summary>Runs <paramref name="work"/> in one transaction, durable when the task ends. An exception rolls back and reaches the caller.</summary>
    Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> work);

    /// <summary>Writes something that changes nothing. Fails when the database takes no writes.</summary>
    Task ProbeAsync();

    /// <summary>Removes within seconds what the database's files still hold of deleted content.</summary>
    void PurgeSoon();
}
