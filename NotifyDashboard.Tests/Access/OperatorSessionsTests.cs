using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

/// <summary>Sessions over HTTP: each client is a browser, and each test has an operator of its own.</summary>
public sealed class OperatorSessionsTests(SharedOperatorServer shared) : IClassFixture<SharedOperatorServer>, IAsyncLifetime
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly string _bo = Names.New("bo");
    private readonly HttpClient _here = HubServer.NewHttp(), _there = HubServer.NewHttp();
    private readonly HubServer _hub = shared.Hub;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Account => new(_hub.Address, "/account");

    private IOperatorSessionStore Sessions => _hub.Services.GetRequiredService<IOperatorSessionStore>();

    public async ValueTask InitializeAsync() => await AddAsync(_bo);

    [Fact]
    public async Task Copied_cookie_is_refused_after_sign_out()
    {
        using var signedIn = await _here.SignInAsync(_hub, _bo);
        var copy = signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("notifydashboard=", StringComparison.Ordinal)).Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(copy));
        using var _ = await _here.SubmitAsync(new(_hub.Address, "/sign-out"));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(copy));
    }

    [Fact]
    public async Task Password_change_ends_all_sessions_and_starts_one_new_session()
    {
        using var here = await _here.SignInAsync(_hub, _bo);
        using var there = await _there.SignInAsync(_hub, _bo);
        const string Fresh = "battery horse 8";
        using var changed = await SendAccountAsync("password", ("Input.Old", AccountPages.Password), ("Input.Password", Fresh), ("Input.Again", Fresh));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (await StatusAsync(_here), await StatusAsync(_there)));
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task The_account_page_lists_each_browser_and_signs_one_out()
    {
        _there.DefaultRequestHeaders.UserAgent.ParseAdd(Firefox);
        using var here = await _here.SignInAsync(_hub, _bo);
        using var there = await _there.SignInAsync(_hub, _bo);
        var html = await _here.GetStringAsync(Account, Cancellation);
        Assert.Contains("Firefox on Linux", html, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", html, StringComparison.Ordinal);
        var other = (await ListAsync()).Single(session => session.UserAgent == Firefox);
        using var ended = await SendAccountAsync("session", ("Session", other.Id));
        Assert.Contains("Firefox on Linux is signed out.", await ended.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (await StatusAsync(_here), await StatusAsync(_there)));
        var audit = await _hub.Services.GetRequiredService<IAuditLog>().ReadAsync(new(AuditActions.SignedOutElsewhere, _bo), Cancellation);
        Assert.Equal("Firefox on Linux", Assert.Single(audit).Entry.Detail);
    }

    [Fact]
    public async Task Session_of_another_operator_cannot_be_ended()
    {
        var eve = Names.New("eve");
        await AddAsync(eve);
        using var here = await _here.SignInAsync(_hub, eve);
        using var there = await _there.SignInAsync(_hub, _bo);
        using var tried = await SendAccountAsync("session", ("Session", Assert.Single(await ListAsync()).Id));
        Assert.Contains("already signed out", await tried.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_there));
    }

    [Fact]
    public async Task Sign_in_of_an_operator_disabled_meanwhile_begins_no_session()
    {
        var operators = _hub.Services.GetRequiredService<IOperatorStore>();
        var compared = (await operators.FindAsync(_bo, Cancellation))!;
        await operators.DisableAsync(compared.Id, new(AuditActions.Disabled, "mara", _bo));
        var signIn = _hub.Services.GetRequiredService<OperatorSignIn>();
        Assert.False(await signIn.SignInAsync(new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = _hub.Services }, compared));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Password_is_not_changed_in_a_session_that_has_ended_meanwhile()
    {
        var bo = (await _hub.Services.GetRequiredService<IOperatorStore>().FindAsync(_bo, Cancellation))!;
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = _hub.Services, User = OperatorPrincipal.Create(bo, "ended") };
        Assert.False((await _hub.Services.GetRequiredService<OperatorSignIn>().ChangePasswordAsync(context, AccountPages.Password, "battery horse 8")).SignedIn);
        using var signedIn = await _here.SignInAsync(_hub, _bo);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task User_agent_is_cut_and_encoded()
    {
        _here.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "<script>alert(1)</script>" + new string('x', 5_000));
        using var here = await _here.SignInAsync(_hub, _bo);
        Assert.Equal(300, Assert.Single(await ListAsync()).UserAgent!.Length);
        Assert.DoesNotContain("<script>alert", await _here.GetStringAsync(Account, Cancellation), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        _here.Dispose();
        _there.Dispose();
        return default;
    }

    private Task<bool> AddAsync(string name) => _hub.Services.GetRequiredService<IOperatorStore>().AddAsync(
        new(name, Roles.Sender, _hub.Services.GetRequiredService<OperatorPasswords>().Hash(AccountPages.Password)), new(AuditActions.Joined, "test", name));

    private async Task<IReadOnlyList<OperatorSession>> ListAsync() =>
        await Sessions.ListAsync((await _hub.Services.GetRequiredService<IOperatorStore>().FindAsync(_bo, Cancellation))!.Id, Cancellation);

    /// <summary>Sends one of the page's forms.</summary>
    private async Task<HttpResponseMessage> SendAccountAsync(string form, params (string, string)[] typed)
    {
        var html = await _here.GetStringAsync(Account, Cancellation);
        var token = AccountPages.Hidden(html).First(input => input.Key == "__RequestVerificationToken");
        return await _here.SendFormAsync(Account, "", [(token.Key, token.Value), ("_handler", form), .. typed]);
    }

    private async Task<HttpStatusCode> StatusAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync(Account, Cancellation);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> StatusAsync(string cookie)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        return await StatusAsync(http);
    }
}
