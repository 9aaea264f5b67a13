using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>A page of an application that embeds the modules of a hub of another origin.</summary>
public abstract class ModuleTest(Browsers browsers) : IAsyncLifetime
{
    private protected FakeHub Hub { get; } = new();

    protected Site Site { get; } = new();

    protected IPage Page { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Page = await browsers.Chromium.NewPageAsync();
        await Page.AddInitScriptAsync(Hub.Script);
    }

    protected ILocator Badge(int at) => Page.Locator("notify-badge").Nth(at).Locator("[part=badge]");

    /// <summary>Opens an empty page of the site and puts the elements into it.</summary>
    protected async Task OpenAsync(string body)
    {
        await Page.GotoAsync(Site.Address);
        await Page.EvaluateAsync("async body => { document.querySelector('main').innerHTML = body; await import(`${hubAddress}shared/notify-badge.js`); }", body);
    }

    /// <summary>Publishes once the stream is open: what is published before is not meant for it.</summary>
    protected async Task PublishUntilSeenAsync(string topic, ILocator badge)
    {
        await Hub.CameAsync(1, Cancellation);
        await Page.WaitForFunctionAsync("""
            async () => {
              const { unread } = await import(`${hubAddress}shared/notification-source.js`);
              const probe = unread({ topics: [document.querySelector('notify-badge').topics] }), { status } = probe.state;
              probe.close();
              return status === 'live';
            }
            """);
        Hub.Publish(topic);
        await Expect(badge).ToHaveTextAsync("1");
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        await Site.DisposeAsync();
        await Hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
