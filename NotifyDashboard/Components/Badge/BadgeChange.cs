namespace NotifyDashboard.Components.Badge;

/// <summary>One or the other, as the page's event stream brought it.</summary>
public sealed record BadgeChange(BadgeUpdate? Updated, BadgeRetract? Retracted);

/// <summary>A notification has other content now: <paramref name="Notification"/>, whole and under its old id. <paramref name="Cursor"/> is the place of the change in the log.</summary>
public sealed record BadgeUpdate(string Cursor, BadgeNotification Notification, DateTimeOffset UpdatedAt);

/// <summary>
/// Nobody gets the notification <paramref name="Id"/> any more. <paramref name="Reason"/> is <c>retracted</c>, <c>collapsed</c> or <c>expired</c>;
/// <paramref name="Cursor"/> is the place of the change in the log.
/// </summary>
public sealed record BadgeRetract(string Cursor, string Id, string Reason);
