using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>What stands in Compose's fields.</summary>
public sealed class ComposeForm
{
    public const string Content = "content", Raw = "raw";

    // As deep as the API takes it.
    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public string Topic { get; set; } = "";

    /// <summary>Further topics, one a line.</summary>
    public string MoreTopics { get; set; } = "";
    public string Type { get; set; } = NotificationDraft.DefaultType;
    public string Mode { get; set; } = Content;
    public string Severity { get; set; } = Hub.Severity.Info;
    public string Title { get; set; } = "";
    public string Body { get; set; } = "";
    public string Url { get; set; } = "";
    public string Icon { get; set; } = "";

    /// <summary>Separated by commas.</summary>
    public string Tags { get; set; } = "";
    public IReadOnlyList<ActionFields> Actions { get; } = [.. Enumerable.Range(0, DraftRules.MaxActions).Select(_ => new ActionFields())];
    public bool Private { get; set; }

    /// <summary>Replaces the older one with the same key.</summary>
    public string CollapseKey { get; set; } = "";

    /// <summary>One of <see cref="Lives"/>; empty: it does not expire.</summary>
    public string Expires { get; set; } = "";

    /// <summary>How long it is of use, with the words for it.</summary>
    public static IReadOnlyList<(string Value, string Words, TimeSpan Span)> Lives { get; } =
        [("15m", "In 15 minutes", TimeSpan.FromMinutes(15)), ("1h", "In an hour", TimeSpan.FromHours(1)), ("1d", "In a day", TimeSpan.FromDays(1)), ("7d", "In a week", TimeSpan.FromDays(7))];

    /// <summary>What goes out where there is no content.</summary>
    public string Data { get; set; } = "";

    /// <summary>What goes out beside the content.</summary>
    public string Extra { get; set; } = "";

    /// <summary>Whether <see cref="Data"/> or <see cref="Extra"/> is JSON rather than text.</summary>
    public bool IsJson { get; set; }

    /// <summary>Null while the field is empty.</summary>
    public int? Count { get; set; } = 10;
    public double Seconds { get; set; } = 0.5;

    public bool IsRaw => Mode == Raw;

    /// <summary>Whether anything stands in the fields that are folded away.</summary>
    public bool HasMore => Private || (CollapseKey + Expires).Length > 0 || MoreTopics.Length > 0 || (!IsRaw && (Icon + Tags + Extra).Length > 0) || (!IsRaw && Actions.Any(a => !a.IsEmpty));

    /// <summary>Whether it goes to everyone who asks for nothing else.</summary>
    public bool IsBroadcast => Topics.Contains(Hub.Topic.Broadcast);

    public string[] Topics => [.. MoreTopics.Split('\n').Prepend(Topic).Select(t => t.Trim()).Where(t => t.Length > 0)];

    private string GivenData => IsRaw ? Data : Extra;

    /// <summary>The form with what was published before.</summary>
    public static ComposeForm Of(NotificationDraft draft)
    {
        var form = new ComposeForm
        {
            Topic = draft.Topics[0],
            MoreTopics = string.Join('\n', draft.Topics.Skip(1)),
            Type = draft.Type,
            Mode = draft.HasContent ? Content : Raw,
            Severity = draft.Severity ?? Hub.Severity.Info,
            Title = draft.Title ?? "",
            Body = draft.Body ?? "",
            Url = draft.Url ?? "",
            Icon = draft.Icon ?? "",
            Tags = string.Join(", ", draft.Tags),
            Private = draft.Private,
            CollapseKey = draft.CollapseKey ?? "",
            Data = draft.HasContent ? "" : draft.Data?.Text ?? "",
            Extra = draft.HasContent ? draft.Data?.Text ?? "" : "",
            IsJson = draft.Data is { IsJson: true },
        };
        foreach (var (fields, action) in form.Actions.Zip(draft.Actions)) (fields.Label, fields.Url) = (action.Label, action.Url);
        return form;
    }

    /// <param name="now">From when on its life counts; null where that does not matter yet.</param>
    public NotificationDraft ToDraft(DateTimeOffset? now = null)
    {
        var life = Lives.FirstOrDefault(each => each.Value == Expires).Span;
        var draft = new NotificationDraft { Topics = Topics, Type = Type.Trim(), Private = Private, CollapseKey = Given(CollapseKey.Trim()), ExpiresAt = life > TimeSpan.Zero ? now + life : null };
        return IsRaw
            ? draft with { Data = ParseData(out _) }
            : draft with
            {
                Title = Given(Title),
                Body = Given(Body),
                Severity = Severity,
                Url = Given(Url.Trim()),
                Icon = Given(Icon.Trim()),
                Tags = Tags.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                Actions = [.. Actions.Where(a => !a.IsEmpty).Select(a => new NotificationAction(a.Label, a.Url.Trim()))],
                Data = Extra.Length > 0 ? ParseData(out _) : null,
            };
    }

    /// <summary>Everything wrong with it, in Compose's own words where the API's would puzzle.</summary>
    public IReadOnlyList<DraftFault> Check()
    {
        var faults = DraftRules.Check(ToDraft()).Select(fault => fault with { Message = ComposeWords.Of(fault) }).Distinct().ToList();
        // An application may send an event without data; an operator has more likely not typed it yet.
        if (IsRaw && Data.Length == 0) faults.Add(new("data", "data_missing", "Say what to send."));
        else if (GivenData.Length > 0 && ParseData(out var fault) is not null && fault is not null) faults.Add(new("data", "data_not_json", fault));
        return IsRaw ? faults : [.. faults.Select(f => f.Field == "data" ? f with { Field = "extra" } : f)];
    }

    /// <summary>Everything wrong with a series of it.</summary>
    public IReadOnlyList<DraftFault> CheckSeries()
    {
        var faults = new List<DraftFault>(Check());
        if (Count is not (>= 1 and <= NotificationSeries.MaxCount)) faults.Add(new("count", "count_invalid", $"A series has 1 to {NotificationSeries.MaxCount:N0} notifications."));
        if (Seconds < 0 || Seconds > NotificationSeries.MaxInterval.TotalSeconds) faults.Add(new("seconds", "seconds_invalid", "The pace is 0 to 3,600 seconds."));
        return faults;
    }

    private NotificationData? ParseData(out string? fault)
    {
        fault = null;
        if (!IsJson || GivenData.Length == 0) return NotificationData.FromString(GivenData);
        try
        {
            using var json = JsonDocument.Parse(GivenData, Json);
            return NotificationData.FromJson(json.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException)
        {
            fault = problem is JsonException { LineNumber: { } line } ? $"This is not JSON: look at line {line + 1}, or send it as text." : "This is not JSON. Mend it, or send it as text.";
            return NotificationData.FromString(GivenData);
        }
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
