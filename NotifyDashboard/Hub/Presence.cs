namespace NotifyDashboard.Hub;

/// <summary>The recipient and the browser tabs of a stream; its page reports the tabs.</summary>
/// <param name="Person">The recipient's id; null: the stream has no recipient.</param>
/// <param name="Tabs">The tabs that share the stream; none until the page reports them.</param>
public sealed record Presence(string? Person, IReadOnlyList<TabPresence> Tabs);

/// <summary>A tab of a browser.</summary>
/// <param name="Page">The path of its page, without a query; empty where it does not tell.</param>
/// <param name="Visible">Whether somebody may look at it: it is not hidden behind another tab.</param>
public sealed record TabPresence(string Page, bool Visible);

/// <summary>Whom a notification would reach now.</summary>
/// <param name="Streams">Open streams.</param>
/// <param name="People">Recipients, each once, whatever their devices.</param>
/// <param name="Unnamed">Streams of nobody who says a name.</param>
/// <param name="Tabs">Tabs that share these streams; a stream that tells of none counts as one.</param>
public readonly record struct Reach(int Streams, int People, int Unnamed, int Tabs);
