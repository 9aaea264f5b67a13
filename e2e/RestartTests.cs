using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The server goes away and comes back; the pages come back by themselves and have missed nothing.</summary>
public sealed class RestartTests(Browsers browsers) : HubTest(browsers)
{
    private const int BackWithin = 10_000;

    public static async Task<IEnumerable<TheoryDataRow<string, bool>>> RestartsAsync() =>
        from engine in await Browsers.EnginesAsync() from calm in new[] { true, false } select new TheoryDataRow<string, bool>(engine.Data, calm) { Skip = engine.Skip };

    [Theory]
    [MemberData(nameof(RestartsAsync))]
    public async Task A_restart_in_the_middle_loses_nothing(string engine, bool calm)
    {
        Engine = engine;
        var demo = await OpenDemoAsync();
        var compose = await OpenSignedInAsync("/compose");
        await ComposeAsync(compose, "demo/messages", "Half a sentence");
        for (var i = 0; i < 3; i++) await Hub.PublishAsync(new { topic = "demo/messages", title = "Before" });
        await Expect(Icon(demo, "Messages, 3 unread messages")).ToBeVisibleAsync();

        // A page that has not noticed yet looks as live as one that is back.
        await compose.EvaluateAsync("() => { window.isOfTheOldServer = true; }");
        if (calm) Assert.InRange(await Hub.StopAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        else await Hub.KillAsync();
        await Hub.RunAsync();
        await Hub.PublishAsync(new { topic = "demo/messages", title = "While the page was away" });
        await Hub.PublishAsync(new { topic = "demo/messages", title = "While the page was away" });

        await Expect(Icon(demo, "Messages, 5 unread messages")).ToBeVisibleAsync(new() { Timeout = BackWithin });
        await compose.WaitForFunctionAsync("() => !window.isOfTheOldServer", null, new() { Timeout = BackWithin });
        await Expect(Live(compose)).ToBeVisibleAsync(new() { Timeout = BackWithin });
        await Expect(compose.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("Half a sentence");
        await compose.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" }).ClickAsync();
        await Expect(Icon(demo, "Messages, 6 unread messages")).ToBeVisibleAsync();
    }

    // Circuits and streams that are cut complain of it.
    protected override bool IsExpected(string error) => !error.Contains("Policy", StringComparison.Ordinal);
}
