using System.Text.Json;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd;

/// <summary>Recipients in browsers, with the tokens of an application.</summary>
public abstract class RecipientTest(Browsers browsers, SharedHub? shared = null) : HubTest(browsers, shared)
{
    private static int _tests;

    private readonly int _test = Interlocked.Increment(ref _tests);

    /// <summary>What came by every page's stream.</summary>
    protected List<(IPage Page, string Data)> Wire { get; } = [];

    protected override Dictionary<string, string> Environment => new([.. base.Environment, .. Tokens.Environment]);

    /// <summary>The topic of one recipient, who is another in each test.</summary>
    protected string OwnTopic(string who) => $"users/{who}-{_test}";

    protected Task<IPage> OpenAsync(string who, IPage? beside = null) => OpenAsync(() => who, beside);

    /// <summary>A page of an application that has a badge, and hands out tokens for whoever is signed in.</summary>
    protected async Task<IPage> OpenAsync(Func<string> who, IPage? beside = null, Func<TimeSpan>? lives = null)
    {
        var page = beside is null ? await OpenWindowAsync("about:blank") : await beside.Context.NewPageAsync();
        await page.RouteAsync("**/notify-token", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = JsonSerializer.Serialize(new { token = Tokens.Make($"{who()}-{_test}", lives?.Invoke() ?? TimeSpan.FromMinutes(10)) }),
        }));
        var network = await page.Context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        network.Event("Network.eventSourceMessageReceived").OnEvent += (_, message) =>
        {
            lock (Wire) Wire.Add((page, message!.Value.GetProperty("data").GetString()!));
        };
        await page.GotoAsync($"{Site.Address}/shop");
        await page.EvaluateAsync("""
            async () => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              globalThis.heard = [];
              globalThis.recipients = [];
              subscribe({ tokenUrl: '/notify-token', onNotifications: batch => heard.push(...batch.map(n => n.title)), onRecipient: r => recipients.push(r), onState: state => { globalThis.line = state; } });
              document.querySelector('main').innerHTML = '<notify-badge token-url="/notify-token" also="title"></notify-badge>';
              await import(`${hubAddress}shared/notify-badge.js`);
            }
            """);
        await LiveAsync(page);
        return page;
    }

    protected static async Task MuteAsync(IPage page, params string[] topics) => await page.EvaluateAsync("""
        async topics => {
          const { token } = await (await fetch('/notify-token', { method: 'POST' })).json();
          const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
          const answer = await fetch(`${hubAddress}api/inbox/preferences`, { method: 'PUT', headers, body: JSON.stringify({ muted: { topics } }) });
          if (!answer.ok) throw new Error(await answer.text());
        }
        """, topics);

    protected static async Task LiveAsync(IPage page) => await page.WaitForFunctionAsync("() => globalThis.line?.status === 'live'");

    protected static async Task HeardAsync(IPage page, string titles) => await page.WaitForFunctionAsync("titles => heard.join(', ') === titles", titles);

    protected static ILocator Badge(IPage page) => page.Locator("notify-badge [part=badge]");

    protected Task PublishAsync(string who, string title) => Hub.PublishAsync(new { topic = OwnTopic(who), title, @private = true });

    // Lines that are cut complain of it.
    protected override bool IsExpected(string error) => !error.Contains("Policy", StringComparison.Ordinal);
}
