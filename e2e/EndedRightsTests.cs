using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>Browsers that do not leave when they are told to: what their circuits may do ends on the server.</summary>
public sealed class EndedRightsTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    private const string Stay = "navigation.addEventListener('navigate', event => { if (event.destination.url.includes('/sign-in')) { globalThis.hasStayed = true; event.preventDefault(); } });";

    [Fact]
    public async Task Series_ends_with_the_right_to_fire_it()
    {
        var stays = await SignInAsync("/compose");
        await stays.EvaluateAsync(Stay);
        await ComposeAsync(stays, "series", "On and on");
        await stays.GetByText("Fire it as a series").ClickAsync();
        await stays.GetByLabel("How many").FillAsync("1000");
        await stays.GetByLabel("One every").FillAsync("0.1");
        await stays.GetByRole(AriaRole.Button, new() { Name = "Fire 1,000" }).ClickAsync();
        await Expect(stays.GetByRole(AriaRole.Region, new() { Name = "Series" })).ToContainTextAsync("of 1,000");

        var elsewhere = await SignInAsync("/account");
        await elsewhere.GetByRole(AriaRole.Button, new() { Name = "Sign out on all devices" }).ClickAsync();
        // What waits for an element would first wait for the end of the navigation that does not happen.
        await stays.WaitForFunctionAsync("() => document.querySelector('[aria-label=Series]')?.textContent.includes('Stopped after')");
    }

    [Fact]
    public async Task Page_that_was_given_to_an_admin_tells_nothing_to_anybody_else()
    {
        var page = await SignInAsync("/history");
        var received = new ConcurrentQueue<byte[]>();
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => received.Enqueue(frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? ""));
        await page.AddInitScriptAsync(Stay);
        await page.RouteAsync("**/live.*js", async route =>
        {
            // It has the page, and is nobody from here on.
            await page.Context.ClearCookiesAsync();
            await route.ContinueAsync();
        });
        await page.GotoAsync("/access/operators");
        // The circuit starts, finds nobody signed in, and shows the way out.
        await page.WaitForFunctionAsync("() => globalThis.hasStayed");
        Assert.NotEmpty(received);
        Assert.DoesNotContain(received, frame => Encoding.UTF8.GetString(frame).Contains(OperatorName, StringComparison.Ordinal));
    }
}
