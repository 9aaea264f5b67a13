using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>A test with a server of its own, or with its class's, and as many browser windows as it wants. Keeps a trace of each window when it fails and the environment's NOTIFYDASHBOARD_TRACE is 1: tracing every test would cost a third of the time.</summary>
public abstract class HubTest(Browsers browsers, SharedHub? shared = null) : IAsyncLifetime
{
    protected const string OperatorName = FirstStart.OperatorName;
    protected const string OperatorPassword = FirstStart.OperatorPassword;

    private static readonly bool Traces = System.Environment.GetEnvironmentVariable("NOTIFYDASHBOARD_TRACE") == "1";

    private readonly List<IBrowserContext> _windows = [];
    private readonly List<string> _errors = [];

    protected HubProcess Hub { get; private set; } = null!;

    /// <summary>Where browsers find the hub's server: the hub itself, unless there is a proxy before it.</summary>
    protected virtual string Address => Hub.Address;

    /// <summary>An application that embeds the hub, on another origin that the hub allows.</summary>
    protected Site Site { get; } = shared?.Site ?? new();

    protected virtual Dictionary<string, string> Environment => new(FirstStart.Environment) { ["Access__AllowedOrigins__0"] = Site.Address };

    /// <summary>Which of <see cref="Browsers.EnginesAsync"/> opens the windows.</summary>
    protected string Engine { get; set; } = BrowserType.Chromium;

    /// <summary>Whether the browser is right to complain so: a server that is away, where a test takes it away, or an address that it asked for to be refused.</summary>
    protected virtual bool IsExpected(string error) => error.Contains("ERR_CONNECTION_REFUSED", StringComparison.Ordinal);

    // The answer to what a page sent while it was left, after its circuit had ended. A circuit that fails reports its exception before it.
    private const string AnswerAfterLeaving = "Circuit has been shut down due to error.";

    // A violation of the security policy is an error of the console too, but not in every frame and worker.
    private const string ReportViolations =
        "addEventListener('securitypolicyviolation', e => console.error(`Policy violated: ${e.violatedDirective} by ${e.blockedURI} at ${e.sourceFile}:${e.lineNumber}`));";

    protected virtual async Task<HubProcess> StartHubAsync() => await HubProcess.StartAsync(Environment, database: await FirstStart.DatabaseAsync());

    public virtual async ValueTask InitializeAsync() => Hub = await (shared?.StartAsync(StartHubAsync) ?? StartHubAsync());

    /// <summary>A window with cookies and storage of its own: another person's browser.</summary>
    protected async Task<IPage> OpenWindowAsync(string path)
    {
        var page = await (await NewWindowAsync()).NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    private async Task<IBrowserContext> NewWindowAsync()
    {
        var window = await (await browsers.StartAsync(Engine)).NewContextAsync(new() { BaseURL = Address, IgnoreHTTPSErrors = true, ViewportSize = new() { Width = 1280, Height = 900 } });
        _windows.Add(window);
        if (Traces) await window.Tracing.StartAsync(new() { Screenshots = true, Snapshots = true });
        await window.AddInitScriptAsync(ReportViolations);
        await window.AddInitScriptAsync($"globalThis.hubAddress = '{Address}/';");
        window.Console += (_, message) =>
        {
            // Other engines report a cut line in words of their own, which no test expects.
            if (message.Type == "error" && (Engine == BrowserType.Chromium || message.Text.StartsWith("Policy violated", StringComparison.Ordinal))) Complain($"{message.Text} ({message.Location})");
        };
        window.WebError += (_, error) => Complain(error.Error);
        return window;
    }

    /// <summary>A window whose operator is signed in, at the page.</summary>
    protected async Task<IPage> OpenSignedInAsync(string path)
    {
        var window = await NewWindowAsync();
        await window.AddCookiesAsync((await FirstStart.CookiesAsync()).Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = Address }));
        var page = await window.NewPageAsync();
        await page.GotoAsync(path);
        await Expect(Live(page)).ToBeVisibleAsync();
        return page;
    }

    /// <summary>A window in which the operator has signed in, which led to the page.</summary>
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

    /// <summary>The operator's menu in the top bar.</summary>
    protected static ILocator Account(IPage page) => page.Locator("summary").Filter(new() { HasText = "account" });

    /// <summary>Opens the demo and waits until its event stream is open.</summary>
    protected async Task<IPage> OpenDemoAsync(string path = "/demo")
    {
        var page = await OpenWindowAsync(path);
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

    private void Complain(string error)
    {
        if (IsExpected(error) || error.Contains(AnswerAfterLeaving, StringComparison.Ordinal)) return;
        lock (_errors) _errors.Add(error);
    }

    /// <summary>Fails the test when a page's console complained, or a page broke the security policy.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var (i, window) in _windows.Index())
        {
            var trace = $"TestResults/traces/{TestContext.Current.TestMethod?.MethodName}-{i}.zip";
            if (Traces) await window.Tracing.StopAsync(new() { Path = failed ? trace : null });
            await window.DisposeAsync();
        }
        if (failed) TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', Hub.Printed.TakeLast(60)));
        if (shared is null)
        {
            await Hub.DisposeAsync();
            await Site.DisposeAsync();
        }
        GC.SuppressFinalize(this);
        lock (_errors) Assert.Empty(_errors);
    }
}
