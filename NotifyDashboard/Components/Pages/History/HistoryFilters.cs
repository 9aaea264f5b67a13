using System.Globalization;
using System.Security.Claims;
using NotifyDashboard.Components.Layout;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>The filters of the history; part of the page's address.</summary>
public sealed record HistoryFilters(string Text = "", string Topic = "", string Type = "", string Severity = "", string Since = "")
{
    /// <summary>The time spans that can be chosen, with their words.</summary>
    public static IReadOnlyList<(string Value, string Words, TimeSpan Span)> Spans { get; } =
        [("1h", "Last hour", TimeSpan.FromHours(1)), ("24h", "Last 24 hours", TimeSpan.FromHours(24)), ("7d", "Last 7 days", TimeSpan.FromDays(7)), ("30d", "Last 30 days", TimeSpan.FromDays(30))];

    public bool IsEmpty => this == new HistoryFilters();

    /// <summary>What is wrong with the topic, as a sentence; null when nothing is.</summary>
    public string? TopicError => Topic.Trim().Length == 0 || TopicPattern.TryParse(Topic.Trim(), out _) ? null : "A pattern takes * at its end and :name for a whole segment.";

    /// <summary>From the query of the address; values that the page does not offer are ignored.</summary>
    public static HistoryFilters Of(string? text, string? topic, string? type, string? severity, string? since) => new(
        Cut(text), Cut(topic), Cut(type), Hub.Severity.All.Contains(severity) ? severity! : "", Spans.Any(s => s.Value == since) ? since! : "");

    /// <summary>The query for the log.</summary>
    public HistoryQuery ToQuery(DateTimeOffset now, ClaimsPrincipal user, long? before, int limit) => new(
        Asked(), TopicFilter.Everything, Given(Type.Trim()), Given(Severity), before, limit, string.IsNullOrWhiteSpace(Text) ? null : Text,
        Spans.FirstOrDefault(s => s.Value == Since) is { Value: not null } span ? now - span.Span : null)
    {
        Caller = user.CallerId(),
    };

    /// <summary>The page's address with these filters, and the notification that is open.</summary>
    public string ToUrl(string? id)
    {
        var parts = new[] { ("q", Text), ("topic", Topic), ("type", Type), ("severity", Severity), ("since", Since), ("id", id ?? "") }
            .Where(p => p.Item2.Trim().Length > 0).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2.Trim())}");
        return string.Join('&', parts) is { Length: > 0 } query ? $"{PageLink.History.Address}?{query}" : PageLink.History.Address;
    }

    /// <summary>The address of everything that matches, as a file.</summary>
    /// <param name="format"><c>csv</c> or <c>ndjson</c>.</param>
    public string ToExportUrl(DateTimeOffset now, string format)
    {
        var topic = Topic.Trim();
        var isPattern = Pattern() is not null;
        var since = Spans.FirstOrDefault(s => s.Value == Since) is { Value: not null } span ? TimeText.Of(now - span.Span) : "";
        var parts = new[] { ("format", format), ("q", Text), ("topic", isPattern ? "" : topic), ("match", isPattern ? topic : ""), ("type", Type), ("severity", Severity), ("from", since) }
            .Where(p => p.Item2.Trim().Length > 0).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2.Trim())}");
        return $"api/notifications/export?{string.Join('&', parts)}";
    }

    /// <summary>The filters in words.</summary>
    public string Words() => string.Join(", ", new[]
    {
        Text.Trim().Length > 0 ? $"“{Text.Trim()}”" : null,
        Topic.Trim().Length > 0 ? $"topic {Topic.Trim()}" : null,
        Type.Trim().Length > 0 ? $"type {Type.Trim()}" : null,
        Severity.Length > 0 ? SeverityWords.Of(Severity).ToLower(CultureInfo.InvariantCulture) : null,
        Spans.FirstOrDefault(s => s.Value == Since).Words?.ToLower(CultureInfo.InvariantCulture),
    }.Where(w => w is not null));

    private TopicFilter Asked() => Topic.Trim() is not { Length: > 0 } topic ? TopicFilter.Everything
        : Pattern() is { } pattern ? new([], [pattern], includePrivate: true)
        : new([topic], includePrivate: true);

    // Text with pattern syntax is a pattern; anything else is one exact topic, which has an index.
    private TopicPattern? Pattern() =>
        Topic.Trim() is var topic && (topic.EndsWith('*') || topic.StartsWith(':') || topic.Contains("/:", StringComparison.Ordinal)) && TopicPattern.TryParse(topic, out var pattern) ? pattern : null;

    private static string Cut(string? text) => text is null ? "" : text.Length <= 500 ? text : text[..500];

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
