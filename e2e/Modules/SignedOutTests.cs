using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>A page's token address while nobody is signed in: the badge is anonymous, and the page's server is left in peace.</summary>
public sealed class SignedOutTests(Browsers browsers) : ModuleTest(browsers)
{
    private const string Element = "<notify-badge topics='a' token-url='/notify-token'></notify-badge>";

    public static TheoryData<string, SiteAnswer> SignedOut => new()
    {
        { "401", new SiteAnswer("{}", "application/json") { Status = 401 } },
        { "403", new SiteAnswer("CSRF", "text/plain") { Status = 403 } },
        { "204", new SiteAnswer("", "text/plain") { Status = 204 } },
        { "a sign-in page", new SiteAnswer("<!doctype html><title>Sign in</title>", "text/html") },
        { "a redirect to one", new SiteAnswer("", "text/plain") { Status = 302, Location = "/sign-in" } },
        { "no token", new SiteAnswer("""{"token":null}""", "application/json") },
    };

    [Theory]
    [MemberData(nameof(SignedOut))]
    public async Task A_signed_out_visitor_gets_public_notifications(string how, SiteAnswer answer)
    {
        Assert.NotEmpty(how);
        Site.Answer("/notify-token", _ => answer);
        await OpenAsync(Element);
        await LiveAsync();
        Hub.Publish("a");
        await Expect(Badge(0)).ToHaveTextAsync("1");
        Assert.DoesNotContain("ticket", Assert.Single(Hub.Requests).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signed_out_page_requests_a_token_with_backoff_and_warns_once()
    {
        Site.Answer("/notify-token", _ => new("", "text/plain") { Status = 401 });
        var warnings = new List<string>();
        Page.Console += (_, message) => { if (message.Text.Contains("nobody is signed in", StringComparison.Ordinal)) warnings.Add(message.Text); };
        await Page.Clock.InstallAsync();
        await OpenAsync(Element);
        await LiveAsync();
        Assert.Equal(1, Asked);
        await Page.Clock.RunForAsync("05:00");
        // After 5, 10, 20, 40 and then every 60 seconds.
        Assert.InRange(Asked, 5, 9);
        Assert.Single(warnings);
    }

    [Fact]
    public async Task Hidden_signed_out_page_requests_no_token_until_it_is_visible_again()
    {
        Site.Answer("/notify-token", _ => new("", "text/plain") { Status = 401 });
        await Page.AddInitScriptAsync("Object.defineProperty(document, 'hidden', { get: () => globalThis.away === true });");
        await Page.Clock.InstallAsync();
        await OpenAsync(Element);
        await LiveAsync();
        await Page.EvaluateAsync("() => { globalThis.away = true; document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); }");
        var asked = Asked;
        await Page.Clock.RunForAsync("05:00");
        Assert.Equal(asked, Asked);
        await Page.EvaluateAsync("() => { globalThis.away = false; document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); }");
        await Page.RunAndWaitForRequestAsync(() => Page.Clock.RunForAsync(2_000), "**/notify-token");
    }

    [Fact]
    public async Task Failing_token_endpoint_is_requested_with_backoff_and_no_stream_is_opened()
    {
        Site.Answer("/notify-token", _ => new("oops", "text/plain") { Status = 500 });
        await Page.Clock.InstallAsync();
        var said = Page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("/notify-token gave no token but 500", StringComparison.Ordinal) });
        await OpenAsync(Element);
        await said;
        for (var i = 0; i < 30; i++) await Page.Clock.RunForAsync(10_000); // each wait needs the answer to the one before
        Assert.InRange(Asked, 4, 9);
        Assert.Empty(Hub.Requests);
    }

    [Fact]
    public async Task A_visitor_who_signs_in_becomes_a_recipient_without_a_reload()
    {
        string? token = null;
        Site.Tokens("/notify-token", () => token);
        await Page.RouteAsync("**/api/stream-tickets", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"ticket":"t","recipient":"alice"}""" }));
        await OpenAsync(Element);
        await LiveAsync();
        token = "t";
        await Hub.CameAsync(2, Cancellation);
        Assert.Contains("ticket=t", Hub.Requests.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Visitor_who_signs_out_becomes_anonymous_even_if_the_hub_refuses_anonymous_streams()
    {
        string? token = "t";
        Site.Tokens("/notify-token", () => token);
        await Page.RouteAsync("**/api/stream-tickets", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"ticket":"t","recipient":"alice"}""" }));
        await Page.RouteAsync("**/sse-stream?*", route => route.Request.Url.Contains("ticket=", StringComparison.Ordinal)
            ? route.FulfillAsync(new() { ContentType = "text/event-stream", Body = "event: hub.hello\nid: fake-100\ndata: {\"streamId\":\"s\",\"heartbeatSeconds\":15,\"recipient\":\"alice\"}\n\n" })
            : route.FulfillAsync(new() { Status = 401 }));
        await Page.GotoAsync(Site.Address);
        await Page.EvaluateAsync("async () => { globalThis.recipients = []; (await import(`${hubAddress}shared/notification-source.js`)).subscribe({ tokenUrl: '/notify-token', onRecipient: r => recipients.push(r) }); }");
        await Page.WaitForFunctionAsync("() => recipients.at(-1) === 'alice'");
        token = null;
        await Page.WaitForFunctionAsync("() => recipients.at(-1) === ''");
    }

    [Fact]
    public async Task Token_function_can_send_its_own_headers_and_its_token_opens_the_stream()
    {
        Site.Answer("/api/token", request => request.Headers["X-CSRF-Token"] == "c" ? new("""{"jwt":"t"}""", "application/json") : new("", "text/plain") { Status = 419 });
        await Page.RouteAsync("**/api/stream-tickets", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"ticket":"t","recipient":"alice"}""" }));
        await Page.GotoAsync(Site.Address);
        // Set before the element is defined, as a framework may do.
        await Page.EvaluateAsync("""
            async () => {
              const badge = document.createElement('notify-badge');
              badge.token = async () => (await (await fetch('/api/token', { method: 'POST', headers: { 'X-CSRF-Token': 'c' } })).json()).jwt;
              document.querySelector('main').append(badge);
              await import(`${hubAddress}shared/notify-badge.js`);
            }
            """);
        await Hub.CameAsync(1, Cancellation);
        Assert.Contains("ticket=t", Hub.Requests.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setting_or_removing_the_token_function_signs_the_page_in_or_out_without_a_reload()
    {
        await Page.RouteAsync("**/api/stream-tickets", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"ticket":"t","recipient":"alice"}""" }));
        await OpenAsync("<notify-badge topics='a'></notify-badge>");
        await LiveAsync();
        await Page.EvaluateAsync("() => { document.querySelector('notify-badge').token = async () => 't'; }");
        await Hub.CameAsync(2, Cancellation);
        Assert.Contains("ticket=t", Hub.Requests.Last().Query, StringComparison.Ordinal);
        await Page.EvaluateAsync("() => { document.querySelector('notify-badge').token = undefined; }");
        await Hub.CameAsync(3, Cancellation);
        Assert.DoesNotContain("ticket", Hub.Requests.Last().Query, StringComparison.Ordinal);
    }

    private int Asked => Site.Requests.Count(request => request == "POST /notify-token");

    private Task LiveAsync() => Hub.CameAsync(1, Cancellation);
}
