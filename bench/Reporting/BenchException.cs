namespace NotifyDashboard.Bench.Reporting;

/// <summary>A bench that could not be run to its end. The message says why, in one sentence.</summary>
internal sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
