using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;

[assembly: AssemblyFixture(typeof(Browsers))]

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>One Chromium for all tests: Debian's, from the environment's CHROMIUM or its usual place.</summary>
public sealed class Browsers : IAsyncLifetime
{
    private IPlaywright _playwright = null!;

    public IBrowser Chromium { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // Where a deadline is behaviour, the test names it; everywhere else a busy machine may take its time.
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        Chromium = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            // Nothing that asks the network by itself; the sandbox needs a user other than root.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        _playwright.Dispose();
    }
}
