namespace NotifyDashboard;

/// <summary>The server cannot start with these settings; the message is one sentence for the administrator that names the setting.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
