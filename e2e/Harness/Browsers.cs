using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;

[assembly: AssemblyFixture(typeof(Browsers))]

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>The browsers that all tests share, each started when it is first used.</summary>
public sealed partial class Browsers : IAsyncLifetime
{
    // Static, because theory data are read before there is a fixture.
    private static readonly Lazy<Task<IPlaywright>> Driver = new(Playwright.CreateAsync);

    private readonly ConcurrentDictionary<string, Lazy<Task<IBrowser>>> _started = new();

    public IBrowser Chromium { get; private set; } = null!;

    /// <summary>Names of Playwright's engines, as data of a test that runs in each. A run is skipped where its browser is not installed.</summary>
    public static async Task<IEnumerable<TheoryDataRow<string>>> EnginesAsync()
    {
        var driver = await Driver.Value;
        return [new(BrowserType.Chromium), .. new[] { driver.Firefox, driver.Webkit }.Select(engine => new TheoryDataRow<string>(engine.Name)
        {
            Skip = File.Exists(engine.ExecutablePath) ? null : $"Playwright's {engine.Name} is not installed.",
        })];
    }

    public async ValueTask InitializeAsync()
    {
        // Where a deadline is behaviour, the test names it; everywhere else a busy machine may take its time.
        Assertions.SetDefaultExpectTimeout(15_000);
        Chromium = await StartAsync(BrowserType.Chromium);
    }

    public Task<IBrowser> StartAsync(string engine) =>
        _started.GetOrAdd(engine, _ => new(async () => engine == BrowserType.Chromium ? await LaunchChromiumAsync() : await (await Driver.Value)[engine].LaunchAsync())).Value;

    /// <summary>Starts the browser that <c>CHROMIUM</c> names, else the one that Playwright installed, else the system's: Chromium's headless shell, Chromium or Chrome.</summary>
    /// <param name="whole">Not the shell, which opens windows three times as fast, but keeps no page for the way back and asks for no permission.</param>
    /// <param name="withoutArguments">Arguments of Playwright's that are left out.</param>
    public static async Task<IBrowser> LaunchChromiumAsync(bool whole = false, params string[] withoutArguments)
    {
        var chromium = (await Driver.Value).Chromium;
        var named = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } name && !(whole && Shell().IsMatch(name)) ? Programs.Find(name) ?? name : null;
        var isInstalled = File.Exists(chromium.ExecutablePath);
        var program = named ?? (isInstalled ? null : new[] { "chromium-headless-shell", "chromium", "chromium-browser" }.Skip(whole ? 1 : 0).Select(Programs.Find).FirstOrDefault(found => found is not null));
        return await chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            // Playwright knows where each system has Chrome, and says how to install a browser where there is none.
            Channel = program is not null ? null : !isInstalled ? "chrome" : whole ? "chromium" : null,
            // The sandbox refuses to run as root.
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
            // Without anything that uses the network by itself.
            Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            IgnoreDefaultArgs = withoutArguments,
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in _started.Values) await (await browser.Value).DisposeAsync();
        (await Driver.Value).Dispose();
    }

    // Debian's name, Playwright's and that of Chrome for Testing.
    [GeneratedRegex("headless[-_]shell")]
    private static partial Regex Shell();
}
