using System.Globalization;
using System.Text.Json;
using NotifyDashboard.Components.Kit;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>The content of Compose's fields.</summary>
public sealed class ComposeForm
{
    public const string Content = "content", Raw = "raw", AtTime = "at";

    // The same depth as the API accepts.
    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public string Topic { get; set; } = "";

    public WordList MoreTopics { get; } = new();
    public string Type { get; set; } = NotificationDraft.DefaultType;
    public string Mode { get; set; } = Content;
    public string Severity { get; set; } = Hub.Severity.Info;
    public string Title { get; set; } = "";
    public string Body { get; set; } = "";
    public string Url { get; set; } = "";
    public string Icon { get; set; } = "";

    public WordList Tags { get; } = new(',');
    public IReadOnlyList<ActionFields> Actions { get; } = [.. Enumerable.Range(0, DraftRules.MaxActions).Select(_ => new ActionFields())];

    /// <summary>How many of <see cref="Actions"/> are shown.</summary>
    public int ActionCount { get; set; }
    public bool Private { get; set; }

    /// <summary>The notification replaces the older one with the same key.</summary>
    public string CollapseKey { get; set; } = "";

    /// <summary>One of <see cref="Lives"/>, or <see cref="AtTime"/>; empty: it does not expire.</summary>
    public string Expires { get; set; } = "";

    /// <summary>When it expires, on the operator's clock, with <see cref="AtTime"/>.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>When to publish it, on the operator's clock; null while no time is being chosen.</summary>
    public DateTime? PublishAt { get; set; }

    /// <summary>The operator's time zone.</summary>
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>The lifetimes that can be chosen, with their words.</summary>
    public static IReadOnlyList<(string Value, string Words, TimeSpan Span)> Lives { get; } =
        [("15m", "In 15 minutes", TimeSpan.FromMinutes(15)), ("1h", "In an hour", TimeSpan.FromHours(1)), ("1d", "In a day", TimeSpan.FromDays(1)), ("7d", "In a week", TimeSpan.FromDays(7))];

    /// <summary>The data in raw mode.</summary>
    public string Data { get; set; } = "";

    /// <summary>The data that goes out beside the content.</summary>
    public string Extra { get; set; } = "";

    /// <summary>Whether <see cref="Data"/> or <see cref="Extra"/> is JSON rather than text.</summary>
    public bool IsJson { get; set; }

    /// <summary>The number of notifications in a series, as typed.</summary>
    public string Count { get; set; } = "10";

    /// <summary>Seconds between two notifications of a series, as typed.</summary>
    public string Seconds { get; set; } = "0.5";

    /// <summary>Null when the text is not a number.</summary>
    public int? SeriesCount => int.TryParse(Count, CultureInfo.InvariantCulture, out var count) ? count : null;

    /// <summary>Null when the text is not a number.</summary>
    public double? SeriesSeconds => double.TryParse(Seconds, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds) ? seconds : null;

    public bool IsRaw => Mode == Raw;

    /// <summary>Whether any of the folded fields has content.</summary>
    public bool HasMore => Private || (CollapseKey + Expires).Length > 0 || !MoreTopics.IsEmpty || (!IsRaw && ((Icon + Extra).Length > 0 || !Tags.IsEmpty || ActionCount > 0));

    /// <summary>Whether it goes to the default topic, to which a subscriber without topics listens.</summary>
    public bool IsBroadcast => Topics.Contains(Hub.Topic.Broadcast);

    /// <summary>As in the API, a form without topics goes to the default topic.</summary>
    public string[] Topics => MoreTopics.All.Prepend(Topic.Trim()).Where(topic => topic.Length > 0).ToArray() is { Length: > 0 } topics ? topics : [Hub.Topic.Broadcast];

    private string GivenData => IsRaw ? Data : Extra;

    /// <summary>A form filled in from an earlier notification.</summary>
    public static ComposeForm Of(NotificationDraft draft)
    {
        var form = new ComposeForm
        {
            Topic = draft.Topics[0],
            Type = draft.Type,
            Mode = draft.HasContent ? Content : Raw,
            Severity = draft.Severity ?? Hub.Severity.Info,
            Title = draft.Title ?? "",
            Body = draft.Body ?? "",
            Url = draft.Url ?? "",
            Icon = draft.Icon ?? "",
            Private = draft.Private,
            CollapseKey = draft.CollapseKey ?? "",
            Data = draft.HasContent ? "" : draft.Data?.Text ?? "",
            Extra = draft.HasContent ? draft.Data?.Text ?? "" : "",
            IsJson = draft.Data is { IsJson: true },
            ActionCount = draft.Actions.Count,
        };
        form.MoreTopics.Set(draft.Topics.Skip(1));
        form.Tags.Set(draft.Tags);
        foreach (var (fields, action) in form.Actions.Zip(draft.Actions)) (fields.Label, fields.Url) = (action.Label, action.Url);
        return form;
    }

    /// <param name="now">When its lifetime starts; null where the expiry does not matter yet.</param>
    public NotificationDraft ToDraft(DateTimeOffset? now = null)
    {
        var draft = new NotificationDraft
        {
            Topics = Topics,
            Type = Type.Trim(),
            Private = Private,
            CollapseKey = Given(CollapseKey.Trim()),
            ExpiresAt = Expires == AtTime ? ExpiresAt is { } end ? LocalMoment.In(Zone, end) : null
                : Lives.FirstOrDefault(each => each.Value == Expires).Span is { Ticks: > 0 } life ? now + life : null,
        };
        return IsRaw
            ? draft with { Data = ParseData(out _) }
            : draft with
            {
                Title = Given(Title),
                Body = Given(Body),
                Severity = Severity,
                Url = Given(Url.Trim()),
                Icon = Given(Icon.Trim()),
                Tags = [.. Tags.All],
                Actions = [.. Actions.Take(ActionCount).Where(a => !a.IsEmpty).Select(a => new NotificationAction(a.Label, a.Url.Trim()))],
                Data = Extra.Length > 0 ? ParseData(out _) : null,
            };
    }

    /// <summary>All validation errors, in Compose's own words where those of the API would confuse an operator.</summary>
    public IReadOnlyList<ValidationError> Check()
    {
        var errors = DraftRules.Check(ToDraft()).Select(error => error with { Message = ComposeWords.Of(error) }).Distinct().ToList();
        // The API accepts an event without data; an operator has more likely forgotten it.
        if (IsRaw && Data.Length == 0) errors.Add(new("data", "data_missing", "Type the data to send."));
        else if (JsonError is { } error) errors.Add(new("data", "data_not_json", error));
        if (Expires == AtTime && ExpiresAt is null) errors.Add(new("expiresAt", "expires_at_missing", "Give a date and a time at which it expires."));
        var isTopicFine = Topic.Trim() is { } topic && (topic.Length == 0 || Hub.Topic.IsValid(topic)) && !MoreTopics.IsEmpty;
        return [.. errors.Select(error => error.Field switch
        {
            "data" when !IsRaw => error with { Field = "extra" },
            "topic" when isTopicFine => error with { Field = "topics-more" },
            _ => error,
        })];
    }

    /// <summary>All validation errors of the form as a series.</summary>
    public IReadOnlyList<ValidationError> CheckSeries()
    {
        var errors = new List<ValidationError>(Check());
        if (SeriesCount is not (>= 1 and <= NotificationSeries.MaxCount)) errors.Add(new("count", "count_invalid", $"A series has 1 to {NotificationSeries.MaxCount:N0} notifications."));
        if (SeriesSeconds is not { } pace || pace < 0 || pace > NotificationSeries.MaxInterval.TotalSeconds) errors.Add(new("seconds", "seconds_invalid", "The pace is 0 to 3,600 seconds."));
        return errors;
    }

    /// <summary>Why the data is not valid JSON; null when it is, when it is empty, or when it is sent as text.</summary>
    public string? JsonError
    {
        get
        {
            ParseData(out var error);
            return error;
        }
    }

    private NotificationData? ParseData(out string? error)
    {
        error = null;
        if (!IsJson || GivenData.Length == 0) return NotificationData.FromString(GivenData);
        try
        {
            using var json = JsonDocument.Parse(GivenData, Json);
            return NotificationData.FromJson(json.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            error = problem is JsonException { LineNumber: { } line } ? $"This is not valid JSON: check line {line + 1}, or send it as text." : "This is not valid JSON. Correct it, or send it as text.";
            return NotificationData.FromString(GivenData);
        }
    }

    /// <summary>Removes a button; those after it move up.</summary>
    public void RemoveAction(int index)
    {
        for (var i = index; i < Actions.Count; i++)
            (Actions[i].Label, Actions[i].Url) = i + 1 < Actions.Count ? (Actions[i + 1].Label, Actions[i + 1].Url) : ("", "");
        ActionCount--;
    }

    private static string? Given(string text) => text.Length > 0 ? text : null;
}

/// <summary>The fields of one action.</summary>
public sealed class ActionFields
{
    public string Label { get; set; } = "";
    public string Url { get; set; } = "";
    public bool IsEmpty => Label.Length == 0 && Url.Length == 0;
}
