using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The circuit's line is cut while the server runs on: the same page goes on, with the right counts.</summary>
public sealed partial class LostCircuitTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task Circuit_reconnects_after_a_cut_without_a_reload_and_badges_keep_counting()
    {
        var demo = await OpenWindowAsync("/sign-in");
        var line = await Line.ThroughAsync(demo);
        await demo.GotoAsync("/demo");
        await Expect(demo.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        await Hub.PublishAsync(new { topic = "demo/people", title = "Saga follows you" });
        await Expect(Icon(demo, "People, 1 new neighbour")).ToBeVisibleAsync();
        await demo.EvaluateAsync("() => { window.samePage = true; }");

        await line.CutAsync();
        await Expect(demo.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Connection lost." })).ToBeVisibleAsync();
        for (var i = 0; i < 4; i++) await Hub.PublishAsync(new { topic = "demo/people", title = "Another" });
        line.Mend();

        await Expect(Icon(demo, "People, 5 new neighbours")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await Expect(demo.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Connection lost." })).ToBeHiddenAsync();
        Assert.True(await demo.EvaluateAsync<bool>("() => window.samePage === true"), "The page was loaded anew.");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Choice_made_while_disconnected_is_fired_and_the_notice_does_not_cover_the_Fire_button(int width)
    {
        var page = await OpenSignedInAsync("/history");
        await page.SetViewportSizeAsync(width, 844);
        var line = await Line.ThroughAsync(page);
        await page.GotoAsync("/compose");
        await Expect(Live(page)).ToBeVisibleAsync();
        await ComposeAsync(page, "orders/1", "Paid");
        await page.GetByText("Further topics, icon, tags").ClickAsync();

        await line.CutAsync();
        var notice = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Connection lost." });
        await Expect(notice).ToBeVisibleAsync();
        var (above, fire) = (await notice.BoundingBoxAsync(), await page.Locator("[aria-keyshortcuts^='Control+Enter']").BoundingBoxAsync());
        Assert.True(above!.Y + above.Height < fire!.Y);
        await page.GetByLabel("Private:").CheckAsync();
        line.Mend();

        await Expect(notice).ToBeHiddenAsync(new() { Timeout = 10_000 });
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();
        await page.GotoAsync("/history");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Paid" })).ToContainTextAsync("Private");
    }

    /// <summary>The way of a page's circuit.</summary>
    private sealed partial class Line
    {
        private readonly List<IWebSocketRoute> _circuits = [];
        private bool _isCut;

        public static async Task<Line> ThroughAsync(IPage page)
        {
            var line = new Line();
            await page.RouteWebSocketAsync(Circuit(), socket =>
            {
                // While the line is down, every further attempt is cut too.
                if (line._isCut) _ = socket.CloseAsync(new() { Code = 3001 });
                else socket.ConnectToServer();
                line._circuits.Add(socket);
            });
            return line;
        }

        public Task CutAsync()
        {
            _isCut = true;
            return _circuits[^1].CloseAsync(new() { Code = 3001 });
        }

        public void Mend() => _isCut = false;

        [GeneratedRegex("/_blazor")]
        private static partial Regex Circuit();
    }

    // A circuit that is cut complains of it.
    protected override bool IsExpected(string error) => !error.Contains("Policy", StringComparison.Ordinal);
}
