using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Layout;

/// <summary>A page that the navigation lists. This table alone says its address, its names, its icon and who sees it; the page itself declares the same address and policy, and a test compares the two.</summary>
/// <param name="Group">The heading above it; empty: none.</param>
/// <param name="Address">Relative to the base address.</param>
/// <param name="Icon">A name of <see cref="IconShapes"/>.</param>
/// <param name="Policy">Who may open it; null: shown to every operator.</param>
/// <param name="ShortText">On a phone, where the text is too long.</param>
internal sealed record PageLink(string Group, string Address, string Icon, string Text, string? Policy = null, string? ShortText = null)
{
    public static PageLink Overview { get; } = new("", "", "overview", "Overview");

    public static PageLink Compose { get; } = new("Notifications", "compose", "compose", "Compose", Policies.Sender);

    public static PageLink History { get; } = new("Notifications", "history", "history", "History");

    public static PageLink Scheduled { get; } = new("Notifications", "scheduled", "clock", "Scheduled");

    public static PageLink Access { get; } = new("Administer", "access", "key", "Access", Policies.Admin);

    public static PageLink Audit { get; } = new("Administer", "audit", "audit", "Audit", Policies.Admin);

    /// <summary>In the order of the navigation; a feature that is an addition registers its own behind them.</summary>
    public static IReadOnlyList<PageLink> All { get; } = [Overview, Compose, History, Scheduled, Access, Audit];
}
