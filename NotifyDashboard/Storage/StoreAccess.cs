using System.Data.Common;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage;

/// <summary>Turns what the database throws into what the hub knows.</summary>
internal static class StoreAccess
{
    /// <exception cref="LogUnavailableException"/>
    public static async Task<T> TryAsync<T>(Func<Task<T>> access)
    {
        try
        {
            return await access();
        }
        catch (Exception fault) when (fault is DbException or ObjectDisposedException)
        {
            throw new LogUnavailableException("The store is not available.", fault);
        }
    }
}
