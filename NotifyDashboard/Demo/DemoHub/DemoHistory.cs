using NotifyDashboard.Hub;

namespace NotifyDashboard.Demo.DemoHub;

/// <summary>The initial history of the demo hub: an hour of notifications of a small town, its shop and its ferry.</summary>
internal static class DemoHistory
{
    private const string Shop = "Shop backend", Ferry = "Ferry line", Town = "Town hall", Badges = "Larkfield";

    private static readonly (int MinutesAgo, string By, NotificationDraft Draft)[] Published =
    [
        (58, Town, Draft("broadcast", "Market day on Saturday", "From eight to one on the square. The car park is closed that morning.")),
        (54, Shop, Draft("orders/48213", "Order 48213 received", "Two jars of honey and a mitten. We pack it today.")),
        (51, Badges, Draft("demo/people", "Saga follows you", "Her cider press is two streets away.")),
        (47, Ferry, Draft("ferry", "Ferry ten minutes late", "Fog on the lake.", Severity.Warning) with { Tags = ["fog", "morning"] }),
        (43, Shop, Draft("orders/48213", "Order 48213 is paid", severity: Severity.Success)),
        (39, Badges, Draft("demo/messages", "Bob: coffee at 6:40?", "On the first ferry, as always.")),
        (35, Ferry, new NotificationDraft { Topics = ["ferry"], Type = "position", Data = new("""{"lat":59.3251,"lon":18.0711,"knots":9}""", IsJson: true) }),
        (31, Town, Draft("teams/support", "Three callers are waiting", "The library's opening hours again.", Severity.Warning) with { Tags = ["phones"] }),
        (27, Shop, Draft("orders/48213", "Your parcel is on its way", "It should be with you tomorrow before noon.", Severity.Success) with { Actions = [new("Track it", "/demo")] }),
        (22, Badges, Draft("demo/alice", "Your library book is due", "“The Summer Book”, by Friday.") with { Private = true }),
        (18, Town, Draft("broadcast", "Water is off on Mill Lane", "From two to four this afternoon.", Severity.Critical)),
        (14, Badges, Draft("demo/bell", "Your post has 25 hearts")),
        (9, Badges, Draft("demo/bob", "Alice lent you her ladder", "Bring it back some time.") with { Private = true }),
        (6, Ferry, Draft("ferry", "The ferry runs on time again", severity: Severity.Success)),
        (3, Badges, Draft("demo/alice", "Bob left a parcel with your neighbour", "At number 12.", Severity.Success) with { Private = true }),
    ];

    /// <summary>When the notifications of <see cref="AppendAsync(INotificationLog, DateTimeOffset)"/> were published.</summary>
    public static IEnumerable<int> MinutesAgo => Published.Select(one => one.MinutesAgo);

    /// <summary>Appends the history with times in the past, then an update, a retraction and a scheduled notification. The log must be open, and the hub not started.</summary>
    public static async Task AppendAsync(INotificationLog log, DateTimeOffset now)
    {
        now = DraftRules.WholeMilliseconds(now);
        var ids = new Dictionary<string, Cursor>();
        foreach (var (minutesAgo, by, draft) in Published)
        {
            var outcome = await AppendAsync(log, new PublishChange([DraftRules.Normalize(draft)], by), now.AddMinutes(-minutesAgo));
            ids[draft.Title ?? draft.Type] = outcome.Notifications[0].Id;
        }
        await AppendAsync(log, new UpdateChange(ids["Market day on Saturday"], Town, stored => stored with { Body = "From eight to two on the square. The car park is closed that morning." }), now.AddMinutes(-2));
        await AppendAsync(log, new RetractChange(ids["Three callers are waiting"], Town), now.AddMinutes(-1));
        await AppendAsync(log, new ScheduleChange(DraftRules.Normalize(Draft("broadcast", "Choir practice starts in an hour", "In the school hall.")), now.AddHours(1), Town), now);
    }

    private static async Task<LogOutcome> AppendAsync(INotificationLog log, LogChange change, DateTimeOffset at)
    {
        var outcome = (await log.AppendAsync([change], at))[0];
        return outcome.Refusal is null ? outcome : throw outcome.Refusal;
    }

    private static NotificationDraft Draft(string topic, string title, string? body = null, string severity = Severity.Info) =>
        new() { Topics = [topic], Title = title, Body = body, Severity = severity };
}
