namespace NotifyDashboard.Components.Inbox;

/// <summary>A notification that a recipient opened in the inbox.</summary>
/// <param name="Id">Its id, a cursor.</param>
/// <param name="Title">Null where it has none.</param>
/// <param name="Url">Where it leads, or one of its actions; http, https, or within the page's own site. Null: nowhere.</param>
public sealed record OpenedNotification(string Id, string? Title, string? Url)
{
    private const int Longest = 4_096;

    // The values come from a browser and cannot be trusted.
    internal bool Fits => Id is { Length: > 0 and <= Longest } && (Title?.Length ?? 0) <= Longest && (Url?.Length ?? 0) <= Longest;
}
