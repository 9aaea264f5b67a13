using System.Data.Common;

namespace NotifyDashboard.Storage;

/// <summary>How the stores write to the database: one transaction after another.</summary>
internal interface IStoreWriter
{
    /// <summary>Runs <paramref name="work"/> in one transaction, durable when the task ends. An exception rolls back and reaches the caller.</summary>
    Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> work);

    /// <summary>Makes a write that changes nothing. Fails when the database accepts no writes.</summary>
    Task ProbeAsync();

    /// <summary>Removes deleted content from the database's files within seconds.</summary>
    void PurgeSoon();
}
