using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Testing;

/// <summary>Drafts and notifications in one line.</summary>
internal static class Drafts
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Every field set.</summary>
    public static NotificationDraft Full { get; } = new()
    {
        Topics = ["orders/42", "users/jürgen"],
        Type = "order",
        Private = true,
        Title = "Paid \"now\" 🎉",
        Body = "First line\nSecond line",
        Severity = Severity.Success,
        Url = "/orders/42?a=1&b=2",
        Icon = "https://cdn.example/i.png",
        Tags = ["shop", "paid"],
        Actions = [new("Open", "/orders/42"), new("Help", "https://help.example/")],
        Data = new NotificationData("""{"amount":1.50,"by":"Zoë"}""", true),
        Retry = TimeSpan.FromSeconds(5),
    };

    public static NotificationDraft Text(string text, params string[] topics) =>
        new() { Data = NotificationData.FromString(text), Topics = topics.Length > 0 ? topics : [Topic.Broadcast] };

    public static Notification Stored(NotificationDraft draft, long sequence = 7) => new(new Cursor("e1", sequence), draft, Noon, "tester");

    public static Frame Frame(NotificationDraft draft, long sequence, INotificationEncoder encoder) => new(new LogEntry(Stored(draft, sequence)), encoder);
}
