using System.Text.Json;
using Microsoft.JSInterop;

namespace NotifyDashboard.Components.Circuits;

/// <summary>
/// Replaces the framework's log of circuits' errors: each at most once a minute. Anyone on the demo can cause some at will, so text that a browser
/// supplied is cut to one line, and takes no room from the others.
/// </summary>
internal sealed partial class CircuitErrors(IServiceProvider services, TimeProvider time) : ILoggerProvider, ILogger
{
    private const int MaxWords = 200;

    // Both categories log the same exception, whole and every time.
    private static readonly string[] Categories = ["Microsoft.AspNetCore.Components.Server.Circuits.CircuitHost", "Microsoft.AspNetCore.Components.Server.Circuits.RemoteRenderer"];

    private readonly LogThrottle _throttle = new(time), _browserThrottle = new(time);

    // Resolved on first use: a logger provider cannot depend on ILogger.
    private readonly Lazy<ILogger> _log = new(() => services.GetRequiredService<ILogger<CircuitErrors>>());

    /// <summary>The framework's errors come here and to no other log, also where a log has rules of its own. After all other rules.</summary>
    public static void Configure(LoggerFilterOptions filter)
    {
        var own = typeof(CircuitErrors).FullName;
        string?[] others = [null, .. filter.Rules.Select(rule => rule.ProviderName).OfType<string>().Distinct()];
        filter.Rules.Add(new(own, null, LogLevel.None, null));
        foreach (var category in Categories)
        {
            foreach (var other in others) filter.Rules.Add(new(other, category, LogLevel.None, null));
            filter.Rules.Add(new(own, category, LogLevel.Warning, null));
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is null) return;
        var isOfBrowser = IsOfBrowser(exception);
        if (!(isOfBrowser ? _browserThrottle : _throttle).IsTime($"{exception.GetType()} {exception.TargetSite}")) return;
        if (isOfBrowser) Ended(_log.Value, $"{exception.GetType().Name}: {Line(exception.Message)}", null);
        else Ended(_log.Value, exception.GetType().Name, exception);
    }

    public void Dispose()
    {
    }

    // What a browser answered to a call, or that it is no answer at all.
    private static bool IsOfBrowser(Exception exception) => exception is JSException
        || (exception is JsonException && exception.StackTrace?.Contains(typeof(JSException).Namespace!, StringComparison.Ordinal) == true)
        || (exception.InnerException is { } inner && IsOfBrowser(inner));

    private static string Line(string text) => string.Concat((text.Length > MaxWords ? text[..MaxWords] + "…" : text).Select(c => char.IsControl(c) ? ' ' : c));

    [LoggerMessage(6002, LogLevel.Error, "A circuit ended with an unhandled exception: {Error} (Logged at most once a minute.)")]
    private static partial void Ended(ILogger log, string error, Exception? exception);
}
