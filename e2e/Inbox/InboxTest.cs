using System.Diagnostics;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>A page of an application that has the element, under a policy that allows nothing inline.</summary>
public abstract class InboxTest(Browsers browsers, SharedHub? shared = null) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    private static int _recipients;

    protected const string ForAlice = "<notify-inbox token-url=\"/notify-token\"></notify-inbox>";

    /// <summary>Who is signed in: in each test another.</summary>
    protected string Recipient { get; } = $"alice-{Interlocked.Increment(ref _recipients)}";

    protected string OwnTopic => $"users/{Recipient}";

    /// <summary>A topic that the recipient has asked for, and nobody else.</summary>
    protected string Orders => $"orders/{Recipient}";

    /// <summary>What docs/embedding.md says that a page's policy needs, and nothing else.</summary>
    private string Policy => $"default-src 'none'; script-src {Hub.Address}; connect-src 'self' {Hub.Address}; img-src 'self' {Hub.Address}; require-trusted-types-for 'script'; trusted-types 'none'";

    protected override Dictionary<string, string> Environment => new([.. base.Environment, .. Tokens.Environment]);

    protected async Task<IPage> OpenInboxAsync(string element = ForAlice, string attributes = "lang=\"en\"", Func<IPage, Task>? before = null)
    {
        Site.Page("/shop", $"<!doctype html><html {attributes}><meta name=viewport content='width=device-width'><meta name=color-scheme content='light dark'><title>Shop</title><script type=module src={Hub.Address}/shared/notify-inbox.js></script><header>{element}</header><main><h1>Shop</h1></main>", Policy);
        Site.Tokens("/notify-token", () => Tokens.Make(Recipient, TimeSpan.FromMinutes(10), Orders));
        var page = await OpenWindowAsync("about:blank");
        if (before is not null) await before(page);
        await page.GotoAsync($"{Site.Address}/shop");
        await page.EvaluateAsync("""
            async () => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              const inbox = document.querySelector('notify-inbox');
              const { state } = subscribe({ tokenUrl: inbox?.tokenUrl || undefined, onState: state => { globalThis.line = state.status; }, onNotifications: batch => { globalThis.heard = (globalThis.heard ?? 0) + batch.length; } });
              globalThis.line ??= state.status; // live already
            }
            """);
        await LiveAsync(page);
        return page;
    }

    /// <summary>The badge pops up: where it is counts once it stands still.</summary>
    protected static Task StillAsync(ILocator element) => element.EvaluateAsync("e => Promise.allSettled(e.getAnimations().map(animation => animation.finished))");

    protected static Task LiveAsync(IPage page) => page.WaitForFunctionAsync("() => globalThis.line === 'live'");

    protected static ILocator Bell(IPage page) => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Notifications|Mitteilungen)") }).First;

    protected static ILocator Panel(IPage page) => page.GetByRole(AriaRole.Dialog);

    protected static ILocator Rows(IPage page) => Panel(page).GetByRole(AriaRole.Article);

    protected static ILocator Row(IPage page, string title) => Rows(page).Filter(new() { HasText = title });

    protected static ILocator Badge(IPage page) => page.Locator("notify-inbox [part=badge]");

    /// <summary>From a row that has the focus. Each press goes to the end of what is loaded, and more is loaded then.</summary>
    protected static async Task GoToTheEndAsync(IPage page)
    {
        var end = Panel(page).GetByText("That is all.");
        for (var deadline = Stopwatch.StartNew(); !await end.IsVisibleAsync() && deadline.Elapsed < TimeSpan.FromSeconds(30);) await page.Keyboard.PressAsync("End");
        await Assertions.Expect(end).ToBeVisibleAsync();
    }

    protected Task PublishAsync(string title, string? topic = null) => Hub.PublishAsync(new { topic = topic ?? OwnTopic, title, body = $"About {title}.", @private = true });

    /// <summary>What axe finds of it in both themes; keeps a picture of each.</summary>
    protected static async Task CheckAsync(IPage page, string what, string picture)
    {
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            // The page around it is bare.
            var errors = (await Axe.FindAsync(page, theme)).Where(error => error.Rule is not ("region" or "landmark-one-main" or "page-has-heading-one")).Select(error => error.Words).ToList();
            Assert.True(errors.Count == 0, $"{what}, {theme}: {string.Join("; ", errors)}");
            await page.ScreenshotAsync(new() { Path = $"TestResults/{picture}-{theme}.png" });
        }
    }

    // Lines that are cut complain of it.
    protected override bool IsExpected(string error) => !error.Contains("Policy", StringComparison.Ordinal) && error.Contains("net::ERR", StringComparison.Ordinal);
}
