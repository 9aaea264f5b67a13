using System.Diagnostics;
using System.Threading.Channels;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>
/// The elements in the system's Firefox, which Playwright cannot drive: the page reports what it shows to the server that it came from.
/// </summary>
public sealed class FirefoxTests(Browsers browsers) : HubTest(browsers)
{
    private const string Program = "firefox-esr";

    private readonly Channel<string> _reports = Channel.CreateUnbounded<string>();

    protected override Dictionary<string, string> Environment => new([.. base.Environment, .. Tokens.Environment]);

    private string Html => $$"""
        <!doctype html><title>Shop</title>
        <notify-badge topics="orders"></notify-badge><notify-inbox token-url="/notify-token"></notify-inbox>
        <script type="module">
          import { subscribe } from "{{Hub.Address}}/shared/notification-source.js";
          import "{{Hub.Address}}/shared/notify-badge.js";
          import "{{Hub.Address}}/shared/notify-inbox.js";
          const report = text => fetch("/reports", { method: "POST", body: text });
          const elements = ["notify-badge", "notify-inbox"];
          for (const name of elements) {
            const element = document.querySelector(name);
            addEventListener(`${name}-change`, () => report(`${name}: ${element.shadowRoot.querySelector("[part=badge]").textContent}`));
          }
          for (const tokenUrl of [undefined, "/notify-token"]) {
            subscribe({ topics: ["orders"], tokenUrl, onState: state => report(`${tokenUrl ?? "public"}: ${state.status}`) });
          }
        </script>
        """;

    [Fact]
    public async Task Badge_and_inbox_in_Firefox_count_what_is_published_before_and_after_a_restart()
    {
        var firefox = Programs.Need(Program);
        Site.Page("/shop", Html);
        Site.Tokens("/notify-token", () => Tokens.Make("alice", TimeSpan.FromMinutes(10)));
        Site.Answer("/reports", request =>
        {
            using var reader = new StreamReader(request.InputStream);
            _reports.Writer.TryWrite(reader.ReadToEnd());
            return new("", "text/plain");
        });
        var profile = Directory.CreateTempSubdirectory("firefox-");
        using var browser = Process.Start(new ProcessStartInfo(firefox, ["--headless", "--no-remote", "--profile", profile.FullName, $"{Site.Address}/shop"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            await ReportedAsync("public: live", "/notify-token: live");
            await PublishToBothAsync();
            await ReportedAsync("notify-badge: 1", "notify-inbox: 1");
            await Hub.StopAsync();
            await Hub.RunAsync();
            await PublishToBothAsync();
            await ReportedAsync("notify-badge: 2", "notify-inbox: 2");
        }
        finally
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync(CancellationToken.None);
            profile.Delete(recursive: true);
        }
    }

    private async Task PublishToBothAsync()
    {
        await Hub.PublishAsync(new { topic = "orders", title = "Order 7 has left" });
        await Hub.PublishAsync(new { topic = "users/alice", title = "Your parcel is on its way", @private = true });
    }

    /// <summary>Waits until the page has reported each of them.</summary>
    private async Task ReportedAsync(params string[] expected)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        var (missing, seen) = (expected.ToHashSet(), new List<string>());
        try
        {
            while (missing.Count > 0)
            {
                seen.Add(await _reports.Reader.ReadAsync(deadline.Token));
                missing.Remove(seen[^1]);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Assert.Fail($"Not reported: {string.Join(", ", missing)}. Reported: {string.Join(", ", seen)}.");
        }
    }
}
