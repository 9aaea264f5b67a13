namespace NotifyDashboard.Storage;

/// <summary>The store cannot be used as it is; the message is one sentence for the administrator, and the start stops with it.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
