using Microsoft.AspNetCore.Mvc;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>The filters of the history in a query string.</summary>
internal sealed record HistoryParameters
{
    /// <summary>Exact topics.</summary>
    [FromQuery(Name = "topic")] public string[] Topics { get; init; } = [];

    /// <summary>Topic patterns. A notification with one of the topics or patterns matches.</summary>
    [FromQuery(Name = "match")] public string[] Patterns { get; init; } = [];

    [FromQuery(Name = "type")] public string? Type { get; init; }

    [FromQuery(Name = "severity")] public string? Severity { get; init; }

    /// <summary>Words, as in <see cref="HistoryQuery.Text"/>.</summary>
    [FromQuery(Name = "q")] public string? Text { get; init; }

    /// <summary>Published at this time or later, ISO 8601.</summary>
    [FromQuery(Name = "from")] public string? From { get; init; }

    /// <summary>Published before this time.</summary>
    [FromQuery(Name = "to")] public string? To { get; init; }

    private const int MaxTopics = 100, MaxText = 500;

    /// <returns>The query, which is of no use where there are errors.</returns>
    public (HistoryQuery Query, List<ValidationError> Errors) ToQuery(TopicFilter allowed, string caller)
    {
        var errors = new List<ValidationError>();
        if (Topics.Any(topic => !Topic.IsValid(topic))) errors.Add(DraftRules.TopicInvalid);
        var patterns = new List<TopicPattern>();
        foreach (var text in Patterns)
        {
            if (TopicPattern.TryParse(text, out var pattern)) patterns.Add(pattern);
            else errors.Add(new("match", "match_invalid", "match takes literals, :name for a whole segment, and * at the end."));
        }
        if (Topics.Length + Patterns.Length > MaxTopics) errors.Add(new("topic", "topics_too_many", $"topic and match take at most {MaxTopics} together."));
        if (Text?.Length > MaxText) errors.Add(DraftRules.TooLong("q", Text, MaxText));
        var (since, until) = (TimeText.Parse(From), TimeText.Parse(To));
        if (From is not null && since is null) errors.Add(new("from", "from_invalid", $"from is {TimeText.Syntax}."));
        if (To is not null && until is null) errors.Add(new("to", "to_invalid", $"to is {TimeText.Syntax}."));
        if (Severity is not null && !Hub.Severity.All.Contains(Severity)) errors.Add(DraftRules.SeverityUnknown);
        var asked = Topics.Length + Patterns.Length > 0 ? new TopicFilter(Topics, patterns, includePrivate: true) : TopicFilter.Everything;
        return (new(asked, allowed, Type, Severity, Text: string.IsNullOrWhiteSpace(Text) ? null : Text, From: since, To: until) { Caller = caller }, errors);
    }
}
