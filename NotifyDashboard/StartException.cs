namespace NotifyDashboard;

/// <summary>The server cannot start with these settings. The message is for the administrator: it names the setting, and what to change.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
