using NotifyDashboard.Components.Layout;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>Something that an operator should look at.</summary>
/// <param name="Severity">A value of <see cref="Hub.Severity"/>.</param>
/// <param name="Text">What it means, and what to do where no page does it.</param>
/// <param name="Action">The words of the link to <paramref name="Address"/>; null: there is no page for it.</param>
public sealed record Attention(string Severity, string Title, string Text, string? Action = null, string? Address = null)
{
    /// <summary>The address of a page of the dashboard.</summary>
    internal Attention At(PageLink page, string action, string rest = "") => this with { Action = action, Address = page.Address + rest };
}
