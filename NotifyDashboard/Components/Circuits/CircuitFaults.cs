using System.Text.Json;
using Microsoft.JSInterop;

namespace NotifyDashboard.Components.Circuits;

/// <summary>
/// Says in the framework's place what ended a circuit: each fault once a minute. Anybody who opens the demo can cause some at will; what their
/// browser has put into one is cut to a line.
/// </summary>
internal sealed partial class CircuitFaults(IServiceProvider services, TimeProvider time) : ILoggerProvider, ILogger
{
    private const int MaxWords = 200;

    // Both of the framework's log the same fault, whole and each time.
    private static readonly string[] Categories = ["Microsoft.AspNetCore.Components.Server.Circuits.CircuitHost", "Microsoft.AspNetCore.Components.Server.Circuits.RemoteRenderer"];

    private readonly SparingLog _sparing = new(time);

    // It is a part of what makes loggers: its own is made when it is needed.
    private readonly Lazy<ILogger> _log = new(() => services.GetRequiredService<ILogger<CircuitFaults>>());

    /// <summary>The framework's faults come here and to no other log.</summary>
    public static void Configure(LoggerFilterOptions filter)
    {
        var own = typeof(CircuitFaults).FullName;
        filter.Rules.Add(new(own, null, LogLevel.None, null));
        foreach (var category in Categories)
        {
            filter.Rules.Add(new(null, category, LogLevel.None, null));
            filter.Rules.Add(new(own, category, LogLevel.Warning, null));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is null || !_sparing.IsTime($"{exception.GetType()} {exception.TargetSite}")) return;
        if (IsOfBrowser(exception)) Ended(_log.Value, $"{exception.GetType().Name}: {Line(exception.Message)}", null);
        else Ended(_log.Value, exception.GetType().Name, exception);
    }

    public void Dispose()
    {
    }

    // What the browser answered, or that it is no answer at all.
    private static bool IsOfBrowser(Exception fault) => fault is JSException or JsonException || (fault.InnerException is { } inner && IsOfBrowser(inner));

    private static string Line(string text) => string.Concat((text.Length > MaxWords ? text[..MaxWords] + "…" : text).Select(c => char.IsControl(c) ? ' ' : c));

    [LoggerMessage(6002, LogLevel.Error, "A page has ended by a fault: {Fault} (Each is said once a minute.)")]
    private static partial void Ended(ILogger log, string fault, Exception? exception);
}
