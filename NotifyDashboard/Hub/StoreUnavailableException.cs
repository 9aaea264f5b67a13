namespace NotifyDashboard.Hub;

/// <summary>The store cannot be read or written now. Nothing of what was to be written was stored.</summary>
public class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
