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
    public async Task Series_stops_when_its_operator_signs_out_on_all_devices()
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
    public async Task Signing_out_in_one_tab_stops_firing_from_that_browser_but_not_from_another()
    {
        var stays = await SignInAsync("/compose");
        await stays.EvaluateAsync(Stay);
        var other = await SignInAsync("/compose");
        var tab = await stays.Context.NewPageAsync();
        await tab.GotoAsync($"{Hub.Address}/sign-out");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in$"));
        await stays.WaitForFunctionAsync("() => globalThis.hasStayed");
        var title = "From a page that stays";
        await stays.EvaluateAsync("title => { const field = document.querySelector('#title'); field.value = title; field.dispatchEvent(new Event('input', { bubbles: true })); document.querySelector('.fire').click(); }", title);
        await ComposeAsync(other, "orders/1", "From another browser");
        await other.Keyboard.PressAsync("Control+Enter");
        await Expect(other.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();
        await other.GotoAsync($"{Hub.Address}/history");
        await Expect(other.GetByRole(AriaRole.Row).Filter(new() { HasText = "From another browser" })).ToHaveCountAsync(1);
        await Expect(other.GetByRole(AriaRole.Row).Filter(new() { HasText = title })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_account_page_signs_another_browser_out()
    {
        var here = await SignInAsync("/account");
        var there = await SignInAsync("/history");
        await here.ReloadAsync();
        await here.GetByRole(AriaRole.Button, new() { NameRegex = new System.Text.RegularExpressions.Regex("^Sign out .+ on ") }).First.ClickAsync();
        await Expect(here.GetByText("is signed out.")).ToBeVisibleAsync();
        await Expect(there).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
    }

    [Fact]
    public async Task Admin_page_without_its_cookie_sends_no_operator_names_over_the_circuit()
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
