using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>What stands in Compose's fields.</summary>
internal sealed class ComposeForm
{
    public const string Content = "content", Raw = "raw";

    public string Topic { get; set; } = "";
    public string Type { get; set; } = NotificationDraft.DefaultType;
    public string Mode { get; set; } = Content;
    public string Severity { get; set; } = Hub.Severity.Info;
    public string Title { get; set; } = "";
    public string Body { get; set; } = "";
    public string Url { get; set; } = "";
    public string Data { get; set; } = "";
    /// <summary>Null while the field is empty.</summary>
    public int? Count { get; set; } = 10;
    public double Seconds { get; set; } = 0.5;

    public bool IsRaw => Mode == Raw;

    public NotificationDraft ToDraft()
    {
        var draft = new NotificationDraft { Topics = Topic.Trim() is { Length: > 0 } topic ? [topic] : [], Type = Type.Trim() };
        return IsRaw
            ? draft with { Data = NotificationData.FromString(Data) }
            : draft with { Title = Given(Title), Body = Given(Body), Severity = Severity, Url = Given(Url.Trim()) };
    }

    /// <summary>Everything wrong with it, in Compose's own words where the API's would puzzle.</summary>
    public IReadOnlyList<DraftFault> Check()
    {
        var faults = DraftRules.Check(ToDraft()).Select(fault => fault with { Message = Words(fault) });
        // An application may send an event without data; an operator has more likely not typed it yet.
        return [.. IsRaw && Data.Length == 0 ? faults.Append(new("data", "data_missing", "Say what to send.")) : faults];
    }

    private static string Words(DraftFault fault) => fault.Rule switch
    {
        "topic_missing" => "Say which topic: \"broadcast\" reaches everyone.",
        "title_missing" or "nothing_to_say" => "Give a title, or a text.",
        // The API names the field as it is called there.
        _ when fault.Message.StartsWith(fault.Field + " ", StringComparison.Ordinal) => $"The {Label(fault.Field)}{fault.Message[fault.Field.Length..]}",
        _ => fault.Message,
    };

    private static string Label(string field) => field switch { "body" => "text", "url" => "link", "type" => "event type", _ => field };

    /// <summary>Everything wrong with a series of it.</summary>
    public IReadOnlyList<DraftFault> CheckSeries()
    {
        var faults = new List<DraftFault>(Check());
        if (Count is not (>= 1 and <= NotificationSeries.MaxCount)) faults.Add(new("count", "count_invalid", $"A series has 1 to {NotificationSeries.MaxCount:N0} notifications."));
        if (Seconds < 0 || Seconds > NotificationSeries.MaxInterval.TotalSeconds) faults.Add(new("seconds", "seconds_invalid", "The pace is 0 to 3,600 seconds."));
        return faults;
    }

    private static string? Given(string text) => text.Length > 0 ? text : null;
}
