namespace NotifyDashboard.Hub;

/// <summary>The recipient and the browser tabs of a stream; its page reports the tabs.</summary>
/// <param name="RecipientId">The recipient's id; null: the stream has no recipient.</param>
/// <param name="Tabs">The tabs that share the stream; none until the page reports them.</param>
public sealed record Presence(string? RecipientId, IReadOnlyList<TabPresence> Tabs);

/// <summary>A tab of a browser.</summary>
/// <param name="Page">The path of its page, without a query; empty if the page does not report it.</param>
/// <param name="Visible">Whether the tab is visible (Page Visibility API).</param>
public sealed record TabPresence(string Page, bool Visible);

/// <summary>The current audience of a notification.</summary>
/// <param name="Streams">Open streams.</param>
/// <param name="People">Recipients, counted once each.</param>
/// <param name="Unnamed">Streams without a recipient.</param>
/// <param name="Tabs">Tabs; a stream that has not reported any counts as one.</param>
public readonly record struct Reach(int Streams, int People, int Unnamed, int Tabs);
