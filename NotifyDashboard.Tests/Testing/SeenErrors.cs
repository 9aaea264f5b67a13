using Microsoft.Extensions.Logging;

namespace NotifyDashboard.Tests.Testing;

/// <summary>What is said above Debug with an error, or as a warning and worse.</summary>
internal sealed class SeenErrors : ILoggerProvider, ILogger
{
    private readonly List<string> _entries = [];

    public List<string> Entries
    {
        get
        {
            lock (_entries) return [.. _entries];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel < LogLevel.Warning && (logLevel <= LogLevel.Debug || exception is null)) return;
        lock (_entries) _entries.Add($"{logLevel} {formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
