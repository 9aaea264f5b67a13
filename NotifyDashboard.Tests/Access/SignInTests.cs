using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

public sealed class SignInTests(SharedOperatorServer shared) : IClassFixture<SharedOperatorServer>, IDisposable
{
    private readonly SettableTime _time = new();
    private readonly HttpClient _browser = HubServer.NewHttp();
    private HubServer _hub = shared.Hub;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anonymous_page_request_redirects_to_sign_in_and_back_to_the_page()
    {
        using var refused = await GetAsync("/compose?x=1");
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Fcompose%3Fx%3D1", refused.Headers.Location!.OriginalString.Replace(_hub.Address.GetLeftPart(UriPartial.Authority), "", StringComparison.Ordinal));
        using var signedIn = await _browser.SignInAsync(_hub, query: "?returnUrl=%2Fcompose%3Fx%3D1");
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Equal("/compose?x=1", signedIn.Headers.Location!.IsAbsoluteUri ? signedIn.Headers.Location.PathAndQuery : signedIn.Headers.Location.ToString());
        using var page = await GetAsync("/compose?x=1");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Sign_in_cookie_is_http_only_and_lasts_14_days()
    {
        using var signedIn = await _browser.SignInAsync(_hub);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("notifydashboard=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("expires=", cookie, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromDays(14), OperatorCookie.Lifetime);
    }

    [Fact]
    public async Task Sign_in_with_a_return_URL_on_another_site_redirects_home()
    {
        using var signedIn = await _browser.SignInAsync(_hub, query: "?returnUrl=%2F%2Fevil.example");
        Assert.DoesNotContain("evil", signedIn.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_name_and_a_wrong_password_get_the_same_answer()
    {
        using var name = await _browser.SignInAsync(_hub, name: "theo");
        using var password = await _browser.SignInAsync(_hub, password: "horse battery 8");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (name.StatusCode, password.StatusCode));
        const string Sentence = "Name or password is wrong.";
        Assert.Contains(Sentence, await name.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains(Sentence, await password.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var page = await GetAsync("/compose");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task Sign_in_name_is_case_insensitive()
    {
        using var signedIn = await _browser.SignInAsync(_hub, name: " MARA ");
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task Correct_password_after_five_wrong_ones_returns_429_for_30_seconds()
    {
        await using var own = _hub = StartWithTime();
        for (var i = 0; i < 5; i++) (await _browser.SignInAsync(_hub, password: "wrong")).Dispose();
        using var early = await _browser.SignInAsync(_hub);
        Assert.Equal(HttpStatusCode.TooManyRequests, early.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), early.Headers.RetryAfter!.Delta);
        Assert.Contains("Try again in 30 s.", await early.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(30));
        using var later = await _browser.SignInAsync(_hub);
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    [Fact]
    public async Task Sign_in_beyond_the_waiting_limit_returns_503_and_is_not_counted_as_wrong()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var turns = _hub.Services.GetRequiredService<PasswordLimiter>();
        var taken = Enumerable.Range(0, PasswordLimiter.AtOnce + PasswordLimiter.WaitingPerAddress).Select(_ => turns.TakeAsync(IPAddress.Loopback, gone.Token)).ToArray();
        for (var i = 0; i < SignInThrottle.Free; i++)
        {
            using var busy = await _browser.SignInAsync(_hub, password: "wrong");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (busy.StatusCode, busy.Headers.RetryAfter!.Delta));
        }
        await gone.CancelAsync();
        foreach (var turn in taken.Where(t => t.IsCompletedSuccessfully)) (await turn)!.Dispose();
        using var signedIn = await _browser.SignInAsync(_hub);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task Password_longer_than_allowed_is_refused_and_not_counted_as_wrong()
    {
        for (var i = 0; i < SignInThrottle.Free; i++)
        {
            using var wrong = await _browser.SignInAsync(_hub, password: new string('x', PasswordRules.MaxLength * 2 + 1));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }
        using var signedIn = await _browser.SignInAsync(_hub);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task Sign_in_form_of_a_megabyte_is_refused()
    {
        using var form = new FormUrlEncodedContent([new("_handler", "sign-in"), new("Input.Name", new string('x', 1024 * 1024))]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_hub.Address, "/sign-in")) { Content = form };
        // Asks before it sends, or the refusal could meet a client that is still sending.
        request.Headers.ExpectContinue = true;
        using var refused = await _browser.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Sign_in_with_a_return_URL_that_is_invalid_in_a_header_redirects_home()
    {
        using var signedIn = await _browser.SignInAsync(_hub, query: "?returnUrl=%2F%C3%A9");
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.EndsWith("/", signedIn.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_out_requires_the_antiforgery_token_and_ends_the_session()
    {
        using var _ = await _browser.SignInAsync(_hub);
        using var bare = new FormUrlEncodedContent([new("_handler", "sign-out")]);
        using var forged = await _browser.PostAsync(new Uri(_hub.Address, "/sign-out"), bare, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var still = await GetAsync("/compose");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        using var signedOut = await _browser.SubmitAsync(new(_hub.Address, "/sign-out"));
        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        using var page = await GetAsync("/compose");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task Operator_stays_signed_in_after_a_restart()
    {
        await using var own = _hub = StartWithTime();
        using var _ = await _browser.SignInAsync(_hub);
        await _hub.RestartAsync();
        using var page = await GetAsync("/compose");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_cookie_at_once()
    {
        using var _ = await _browser.SignInAsync(_hub);
        var mara = await _hub.Services.GetRequiredService<IOperatorStore>().FindAsync("mara", Cancellation);
        await _hub.Services.GetRequiredService<OperatorChanges>().SignOutEverywhereAsync("test", mara!.Id, "mara");
        using var page = await GetAsync("/compose");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task Session_ended_by_another_process_is_refused_within_ten_seconds()
    {
        await using var own = _hub = StartWithTime();
        using var _ = await _browser.SignInAsync(_hub);
        using var before = await GetAsync("/compose");
        var operators = _hub.Services.GetRequiredService<IOperatorStore>();
        await _hub.Services.GetRequiredService<IOperatorSessionStore>().EndAllAsync((await operators.FindAsync("mara", Cancellation))!.Id, new("signed-out-everywhere", "test"));
        _time.Advance(OperatorSessions.Trust);
        using var page = await GetAsync("/compose");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (before.StatusCode, page.StatusCode));
    }

    public void Dispose() => _browser.Dispose();

    private HubServer StartWithTime() => HubServer.Start(AccountPages.WithMara, services => services.AddTime(_time));

    private Task<HttpResponseMessage> GetAsync(string path) => _browser.GetAsync(new Uri(_hub.Address, path), Cancellation);
}
