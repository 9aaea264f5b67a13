using System.Net.Http.Json;
using Microsoft.Playwright;

namespace NotifyDashboard.Bench.Servers;

/// <summary>The hub as it is published, with all that it has by default, and an empty database.</summary>
internal sealed class HubServer(string name, Options options, string app) : ServerUnderTest(name, options)
{
    private const string Operator = "mara", Password = "a ferry at dawn";

    private const string ApiKey = "a-key-of-the-bench-0123456789-abcdefghijklmnopqrstuvwxyz";

    public override bool HasTopics => true;

    public override bool Resumes => true;

    public override bool IsDurable => true;

    public override string StreamTarget(string topic, int patterns) => $"/sse-stream?topic={topic}{string.Concat(Enumerable.Range(0, patterns).Select(i => $"&match=others/{i}/:name/*"))}";

    public override string PublishTarget(string topic) => "/api/notifications";

    public override string PublishHeaders => $"Authorization: Bearer {ApiKey}\r\n";

    public override string BeforeEvent(string topic) => $"{{\"topic\":\"{topic}\",\"data\":";

    public override string AfterEvent => "}";

    public string Address => $"http://127.0.0.1:{Port}";

    public static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(Operator);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Locator("[data-connection=live]").First.WaitForAsync();
    }

    /// <summary>Publishes as an application does, one by one.</summary>
    public async Task PublishAsync(int count)
    {
        using var http = new HttpClient { BaseAddress = new(Address) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", ApiKey);
        for (var i = 0; i < count; i++)
        {
            using var answer = await http.PostAsJsonAsync(PublishTarget(""), new { topic = "orders/48213", title = "Your parcel is on its way", body = "It arrives between 10 and 12.", severity = "success" });
            answer.EnsureSuccessStatusCode();
        }
    }

    protected override string WorkingDirectory => app;

    protected override string ReadyTarget => "/healthz/ready";

    protected override (string Program, string[] Arguments) Command() => (Path.Combine(app, "NotifyDashboard"), ["--urls", $"http://127.0.0.1:{Port}"]);

    protected override void Configure(IDictionary<string, string?> environment)
    {
        environment["Storage__ConnectionString"] = $"Data Source={Path.Combine(Folder, "hub.db")}";
        environment["Access__Bootstrap__ApiKey"] = ApiKey;
        environment["Access__Bootstrap__OperatorName"] = Operator;
        environment["Access__Bootstrap__OperatorPassword"] = Password;
        // All of them come from one address and one key, which no limit is meant for.
        environment["Publishing__PerMinute"] = "0";
        environment["Streams__MaxStreams"] = environment["Streams__MaxStreamsPerAddress"] = environment["Connections__MaxPerAddress"] = "1000000";
    }
}
