using Microsoft.Playwright;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Benches;

/// <summary>What the dashboard's pages cost the server while operators have them open, in a real browser.</summary>
internal sealed class CircuitsBench() : Bench("circuits")
{
    private const string Sentence = "The ferry to Hven leaves at 6:40 from the other quay, and takes bicycles along.";
    private const int Rows = 150, NewRows = 20;

    private static readonly Metric Compose = new("composeMegabytes", "MB per open Compose", Plotted: true);
    private static readonly Metric History = new("historyMegabytes", "MB per open History", Plotted: true);
    private static readonly Metric Cpu = new("cpuMsPerKey", "server's CPU ms per key", Plotted: true);
    private static readonly Metric P50 = new("previewP50Ms", "p50 ms from key to preview");
    private static readonly Metric P95 = new("previewP95Ms", "p95 ms from key to preview", Plotted: true);
    private static readonly Metric RowBytes = new("bytesPerLiveRow", "bytes per live row", Plotted: true);

    private static readonly string? Browser = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named
        : Array.Find(["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"], File.Exists);

    // Each key, and when the preview next changed. Attributes count: the elements in it are filled by theirs.
    private const string WatchPreview = """
        () => {
          window.delays = [];
          let pressed = null;
          document.addEventListener('input', () => { pressed ??= performance.now(); }, true);
          new MutationObserver(() => {
            if (pressed === null) return;
            delays.push(performance.now() - pressed);
            pressed = null;
          }).observe(document.querySelector('.prev'), { subtree: true, childList: true, characterData: true, attributes: true });
        }
        """;

    /// <summary>Whether <c>CHROMIUM</c> names one, or the system has one.</summary>
    public static bool HasBrowser => Browser is not null;

    public override IReadOnlyList<Metric> Metrics => [Compose, History, Cpu, P50, P95, RowBytes];

    public override string? Unsuited(ServerUnderTest server) => server is HubServer ? null : "it has no dashboard";

    public override void Measure(ServerUnderTest server, Options options, Measurement measurement) => MeasureAsync((HubServer)server, options, measurement).GetAwaiter().GetResult();

    private static async Task MeasureAsync(HubServer server, Options options, Measurement measurement)
    {
        var pages = options.Number("pages", 20);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        await using var window = await browser.NewContextAsync(new() { BaseURL = server.Address });
        var first = await window.NewPageAsync();
        await HubServer.SignInAsync(first);
        await server.PublishAsync(Rows);
        // What every circuit shares is there before the first is counted.
        foreach (var path in new[] { "/compose", "/history" }) await OpenAsync(first, path);

        measurement[Compose] = await PerPageAsync(server, window, "/compose", pages, options.Seconds(3));
        measurement[History] = await PerPageAsync(server, window, "/history", pages, options.Seconds(3));
        await TypeAsync(server, first, options.Number("sentences", 5), measurement);
        measurement[RowBytes] = await ReceiveRowsAsync(server, first);
    }

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Browser,
        ChromiumSandbox = !Environment.IsPrivilegedProcess,
        Args = ["--disable-gpu"],
    });

    private static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.Locator("[data-connection=live]").First.WaitForAsync();
    }

    private static async Task<double> PerPageAsync(HubServer server, IBrowserContext window, string path, int pages, TimeSpan settle)
    {
        await Task.Delay(settle);
        var before = server.ResidentBytes;
        var opened = new List<IPage>();
        for (var i = 0; i < pages; i++)
        {
            opened.Add(await window.NewPageAsync());
            await OpenAsync(opened[^1], path);
        }
        await Task.Delay(settle);
        var perPage = (server.ResidentBytes - before) / 1e6 / pages;
        foreach (var page in opened) await page.CloseAsync();
        return perPage;
    }

    private static async Task TypeAsync(HubServer server, IPage page, int sentences, Measurement measurement)
    {
        await OpenAsync(page, "/compose");
        await page.EvaluateAsync(WatchPreview);
        var cpu = server.CpuSeconds;
        await page.FocusAsync("#title");
        for (var i = 0; i < sentences; i++)
        {
            await page.Keyboard.TypeAsync(Sentence, new() { Delay = 50 });
            await page.Keyboard.PressAsync("Control+a");
        }
        measurement[Cpu] = (server.CpuSeconds - cpu) * 1_000 / (sentences * Sentence.Length);
        var delays = (await page.EvaluateAsync<double[]>("delays")).Order().ToArray();
        if (delays.Length == 0) throw new BenchException("The preview never changed.");
        measurement[P50] = delays[delays.Length / 2];
        measurement[P95] = delays[delays.Length * 95 / 100];
    }

    private static async Task<double> ReceiveRowsAsync(HubServer server, IPage page)
    {
        var bytes = 0L;
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Interlocked.Add(ref bytes, frame.Binary?.Length ?? frame.Text?.Length ?? 0);
        await OpenAsync(page, "/history");
        var older = page.GetByText("Show older ones");
        while (await page.Locator("tbody tr").CountAsync() < Rows - 30 && await older.CountAsync() > 0)
        {
            var shown = await page.Locator("tbody tr").CountAsync();
            await older.ClickAsync();
            await page.WaitForFunctionAsync("shown => document.querySelectorAll('tbody tr').length > shown", shown);
        }
        await page.EvaluateAsync("scrollTo(0, 0)");
        var before = Interlocked.Read(ref bytes);
        for (var i = 0; i < NewRows; i++)
        {
            var newest = await page.Locator("[data-row]").First.GetAttributeAsync("data-row");
            await server.PublishAsync(1);
            // One by one: a burst is shown at once.
            await page.WaitForFunctionAsync("newest => document.querySelector('[data-row]').dataset.row !== newest", newest);
        }
        return (double)(Interlocked.Read(ref bytes) - before) / NewRows;
    }
}
