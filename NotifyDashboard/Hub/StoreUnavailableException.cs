namespace NotifyDashboard.Hub;

/// <summary>The store cannot be read or written now.</summary>
public class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether an earlier part of the same request was stored. Default: nothing was.</summary>
    public bool IsPartlyStored { get; init; }
}
