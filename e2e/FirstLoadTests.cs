using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What a browser that was never here before has to load of the published application.</summary>
public sealed class FirstLoadTests(Browsers browsers)
{
    // The demo has nothing of the kit. Compose has it, and the preview's elements: what it weighs is reported, and bounded against accidents.
    private const int MaxDemoBytes = 115_000, MaxComposeBytes = 300_000;

    [Fact]
    public async Task First_loads_of_demo_and_Compose_stay_within_their_size_limits()
    {
        await using var hub = await HubProcess.StartAsync(
            new() { ["Access__Bootstrap__OperatorName"] = "mara", ["Access__Bootstrap__OperatorPassword"] = "a ferry at dawn" }, await PublishedApp.FolderAsync());
        var demo = await LoadAsync(hub, "/demo", page => Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync());
        var compose = await LoadAsync(hub, "/compose", async page =>
        {
            await page.GetByLabel("Name", new() { Exact = true }).FillAsync("mara");
            await page.GetByLabel("Password", new() { Exact = true }).FillAsync("a ferry at dawn");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"demo {demo:N0} bytes, compose {compose:N0} bytes");
        Assert.InRange(demo, 20_000, MaxDemoBytes);
        Assert.InRange(compose, 20_000, MaxComposeBytes);
    }

    /// <summary>Bytes on the wire, headers and all, as the browser's own network log has them.</summary>
    private async Task<long> LoadAsync(HubProcess hub, string path, Func<IPage, Task> arrive)
    {
        await using var window = await browsers.Chromium.NewContextAsync(new() { BaseURL = hub.Address });
        var page = await window.NewPageAsync();
        var network = await window.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        var bytes = 0L;
        network.Event("Network.loadingFinished").OnEvent += (_, finished) => Interlocked.Add(ref bytes, (long)finished!.Value.GetProperty("encodedDataLength").GetDouble());
        await page.GotoAsync(path);
        await arrive(page);
        return Interlocked.Read(ref bytes);
    }
}
