using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>Fires, and finds the offer to take it back.</summary>
public abstract partial class UndoTest(Browsers browsers, SharedHub? shared = null) : HubTest(browsers, shared)
{
    /// <summary>One that the demo shows.</summary>
    protected const string Topic = "demo/people";

    protected static ILocator Offer(IPage page) => page.GetByRole(AriaRole.Button, new() { NameRegex = OfferName() });

    protected static async Task FireByMouseAsync(IPage page, string title)
    {
        await ComposeAsync(page, Topic, title);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = FireName() }).ClickAsync();
        await Expect(Offer(page)).ToBeVisibleAsync();
    }

    [GeneratedRegex("^Undo ?· ?[0-9]+ s$")]
    private static partial Regex OfferName();

    [GeneratedRegex("^Fire( to| Ctrl|$)")]
    protected static partial Regex FireName();
}
