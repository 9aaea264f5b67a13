using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Layout;

/// <summary>The pages that the navigation lists, in its order.</summary>
/// <param name="Group">The heading above it.</param>
/// <param name="Address">Relative to the base address.</param>
/// <param name="Icon">A name of <see cref="IconShapes"/>.</param>
/// <param name="Policy">Who may open it; null: every operator.</param>
/// <param name="ShortText">On a phone, where the text is too long.</param>
internal sealed record PageLink(string Group, string Address, string Icon, string Text, string? Policy = null, string? ShortText = null)
{
    public static IReadOnlyList<PageLink> All { get; } =
    [
        new("Notifications", "compose", "compose", "Compose", Policies.Sender),
        new("Notifications", "history", "history", "History"),
        new("Notifications", "scheduled", "clock", "Scheduled"),
        new("Administer", "access", "key", "Access", Policies.Admin),
        new("Administer", "audit", "audit", "Audit", Policies.Admin),
    ];
}
