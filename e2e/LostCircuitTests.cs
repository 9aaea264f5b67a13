using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The circuit's line is cut while the server runs on: the same page goes on, with the right counts.</summary>
public sealed partial class LostCircuitTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task A_cut_circuit_comes_back_and_the_badges_have_counted_on()
    {
        var demo = await OpenWindowAsync("/sign-in");
        var circuits = new List<IWebSocketRoute>();
        var refuse = false;
        await demo.RouteWebSocketAsync(Circuit(), socket =>
        {
            // While the line is down, every further attempt is cut too.
            if (refuse) _ = socket.CloseAsync(new() { Code = 3001 });
            else socket.ConnectToServer();
            circuits.Add(socket);
        });
        await demo.GotoAsync("/demo");
        await Expect(demo.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        await Hub.PublishAsync(new { topic = "demo/people", title = "Saga follows you" });
        await Expect(Icon(demo, "People, 1 new neighbour")).ToBeVisibleAsync();
        await demo.EvaluateAsync("() => { window.samePage = true; }");

        refuse = true;
        await circuits[^1].CloseAsync(new() { Code = 3001 });
        await Expect(demo.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Connection lost." })).ToBeVisibleAsync();
        for (var i = 0; i < 4; i++) await Hub.PublishAsync(new { topic = "demo/people", title = "Another" });
        refuse = false;

        await Expect(Icon(demo, "People, 5 new neighbours")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await Expect(demo.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Connection lost." })).ToBeHiddenAsync();
        Assert.True(await demo.EvaluateAsync<bool>("() => window.samePage === true"), "The page was loaded anew.");
    }

    [GeneratedRegex("/_blazor")]
    private static partial Regex Circuit();

    // A circuit that is cut complains of it.
    protected override bool IsExpected(string error) => !error.Contains("Policy", StringComparison.Ordinal);
}
