using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>A test with a server of its own and as many browser windows as it wants. Keeps a trace of each window when it fails.</summary>
public abstract class HubTest(Browsers browsers) : IAsyncLifetime
{
    protected const string OperatorName = "Mara Lindqvist";
    protected const string OperatorPassword = "a ferry at dawn";

    private readonly List<IBrowserContext> _windows = [];
    private readonly List<string> _errors = [];

    protected HubProcess Hub { get; private set; } = null!;

    protected virtual Dictionary<string, string> Environment => new()
    {
        ["Access__Bootstrap__OperatorName"] = OperatorName,
        ["Access__Bootstrap__OperatorPassword"] = OperatorPassword,
    };

    /// <summary>What the pages' consoles complained of, but for a server that is away: some tests take it away.</summary>
    protected IReadOnlyList<string> ConsoleErrors => _errors;

    public async ValueTask InitializeAsync() => Hub = await HubProcess.StartAsync(Environment);

    /// <summary>A window with cookies and storage of its own: another person's browser.</summary>
    protected async Task<IPage> OpenWindowAsync(string path)
    {
        var window = await browsers.Chromium.NewContextAsync(new() { BaseURL = Hub.Address, ViewportSize = new() { Width = 1280, Height = 900 } });
        _windows.Add(window);
        await window.Tracing.StartAsync(new() { Screenshots = true, Snapshots = true });
        var page = await window.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("ERR_CONNECTION_REFUSED", StringComparison.Ordinal)) _errors.Add(message.Text);
        };
        page.PageError += (_, error) => _errors.Add(error);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A window in which the operator has signed in and arrived at the page.</summary>
    protected async Task<IPage> SignInAsync(string path)
    {
        var page = await OpenWindowAsync(path);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(OperatorName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(OperatorPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        return page;
    }

    /// <summary>The top bar's sign that the circuit has started.</summary>
    protected static ILocator Live(IPage page) => page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Live" }).First;

    /// <summary>Opens the demo and waits until its event stream is open.</summary>
    protected async Task<IPage> OpenDemoAsync()
    {
        var page = await OpenWindowAsync("/demo");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        return page;
    }

    /// <summary>The icon with its count, as a screen reader names it.</summary>
    protected static ILocator Icon(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    protected static async Task ComposeAsync(IPage page, string topic, string title)
    {
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" }).FillAsync(topic);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).FillAsync(title);
    }

    public async ValueTask DisposeAsync()
    {
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var (i, window) in _windows.Index())
        {
            var trace = $"TestResults/traces/{TestContext.Current.TestMethod?.MethodName}-{i}.zip";
            await window.Tracing.StopAsync(new() { Path = failed ? trace : null });
            await window.DisposeAsync();
        }
        await Hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
