namespace NotifyDashboard.Storage;

/// <summary>The store cannot be used as it is; the message tells the administrator what to do, and the start ends with it.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
