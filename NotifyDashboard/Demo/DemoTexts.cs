using NotifyDashboard.Hub;

namespace NotifyDashboard.Demo;

/// <summary>The notifications that the buttons of the badge demo publish: fixed texts on <c>demo/*</c>, in turn; two sets are private to a persona. A request only selects a set.</summary>
internal sealed class DemoTexts
{
    public const string Publisher = "Badge demo";

    private static readonly Dictionary<string, NotificationDraft[]> Sets = new()
    {
        ["follow"] = [Draft("demo/people", "Saga follows you", "Her cider press is two streets away."), Draft("demo/people", "Hugo follows you"), Draft("demo/people", "Ines follows you", "New on Mill Lane.")],
        ["write"] = [Draft("demo/messages", "Bob: coffee at 6:40?", "On the first ferry, as always."), Draft("demo/messages", "Saga: 40 kg of apples, any takers?"), Draft("demo/messages", "Hugo: is the mitten yours?", "Red, left hand, very small.")],
        ["ring"] = [Draft("demo/bell", "The ferry runs again", "From tomorrow, first one at 6:40.", Severity.Success), Draft("demo/bell", "Ferry ten minutes late", "Fog on the lake.", Severity.Warning), Draft("demo/bell", "Your post has 25 hearts")],
        ["alice"] = Private("alice", "Only you see this, Alice", "On both your devices."),
        ["bob"] = Private("bob", "Only you see this, Bob", "Alice does not."),
        ["ping"] = [new NotificationDraft { Topics = ["demo/bell"], Type = "ping", Data = NotificationData.FromString("'Hello Dolly!'") }],
    };

    private int _turn;

    /// <summary>The next notification of a set; null when there is no such set.</summary>
    public NotificationDraft? Next(string? what) => what is not null && Sets.TryGetValue(what, out var set) ? set[(uint)Interlocked.Increment(ref _turn) % set.Length] : null;

    private static NotificationDraft[] Private(string persona, string title, string body) => [Draft("demo/" + persona, title, body) with { Private = true }];

    private static NotificationDraft Draft(string topic, string title, string? body = null, string severity = Severity.Info) =>
        new() { Topics = [topic], Title = title, Body = body, Severity = severity };
}
