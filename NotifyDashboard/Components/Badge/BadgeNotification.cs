using System.Text.Json.Serialization;

namespace NotifyDashboard.Components.Badge;

/// <summary>
/// A notification as the page's event stream brought it. <paramref name="Data"/> is its data as text, cut after 1,000 characters, as the
/// body is: what goes to a circuit is small. <paramref name="Id"/> is its cursor.
/// </summary>
public sealed record BadgeNotification(
    string Id, string Type, IReadOnlyList<string> Topics, string? Title, string? Body, string? Severity, string? Url, DateTimeOffset PublishedAt, string? Data);

/// <summary>How the page's event stream is, <paramref name="Since"/> when, and how many requests for it the page has made.</summary>
public sealed record BadgeState(BadgeStatus Status, DateTimeOffset Since, int Opens);

/// <summary><see cref="Offline"/> is what <see cref="Reconnecting"/> becomes after ten seconds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BadgeStatus>))]
public enum BadgeStatus
{
    Connecting,
    Live,
    Reconnecting,
    Offline,
}

/// <summary>
/// What the browser's half of <see cref="NotificationBadge"/> hands over, at most four times a second. <paramref name="Count"/> is absolute;
/// <paramref name="Received"/> numbers the last of <paramref name="Notifications"/> among all that <paramref name="Listener"/> received, so that a
/// delivery repeated after a lost answer raises nothing twice; <paramref name="Changed"/> does so for <paramref name="Changes"/>. No change is older than its notification.
/// </summary>
public sealed record BadgeDelivery(int Listener, int Count, int Spoken, int Nods, long Received, IReadOnlyList<BadgeNotification> Notifications,
    long Changed, IReadOnlyList<BadgeChange> Changes, BadgeState? State)
{
    private const int Most = 50, MostCharacters = 15_000;

    /// <summary>
    /// Whether it is no larger than what our script sends. Anyone can open the demo's circuit and send a message of 1 MB by hand, and what a
    /// page keeps of it stays in the server's memory.
    /// </summary>
    internal bool Fits => Notifications is { Count: <= Most }
        && Notifications.All(IsWhole) && Notifications.Sum(Characters) <= MostCharacters
        && Changes is { Count: <= Most } && Changes.All(IsWhole) && Changes.Sum(Characters) <= MostCharacters;

    private static bool IsWhole(BadgeNotification? n) => n is { Id: not null, Type: not null, Topics: not null };

    private static bool IsWhole(BadgeChange? c) => c is { Updated: { Cursor: not null } u, Retracted: null } ? IsWhole(u.Notification)
        : c is { Updated: null, Retracted: { Cursor: not null, Id: not null, Reason: not null } };

    private static int Characters(BadgeChange c) => c.Updated is { } u ? u.Cursor.Length + Characters(u.Notification)
        : c.Retracted!.Cursor.Length + c.Retracted.Id.Length + c.Retracted.Reason.Length;

    private static int Characters(BadgeNotification n) => n.Id.Length + n.Type.Length + n.Topics.Sum(t => 1 + (t?.Length ?? 0))
        + (n.Title?.Length ?? 0) + (n.Body?.Length ?? 0) + (n.Severity?.Length ?? 0) + (n.Url?.Length ?? 0) + (n.Data?.Length ?? 0);
}
