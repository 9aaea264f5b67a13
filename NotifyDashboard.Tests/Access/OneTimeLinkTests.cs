using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

public sealed class OneTimeLinkTests(SharedOperatorServer shared) : IClassFixture<SharedOperatorServer>, IDisposable
{
    private readonly SettableTime _time = new();
    private readonly HttpClient _browser = HubServer.NewHttp();
    private readonly (string, string)[] _bo = [("Input.Name", Names.New("bo")), ("Input.Password", "seven ferries 4"), ("Input.Again", "seven ferries 4")];
    private HubServer _hub = shared.Hub;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private OperatorChanges Changes => _hub.Services.GetRequiredService<OperatorChanges>();

    [Fact]
    public async Task Invitation_creates_one_signed_in_operator_with_the_invited_role()
    {
        var link = Page("join", await Changes.InviteAsync("mara", Roles.Viewer));
        using var joined = await _browser.SubmitAsync(link, _bo);
        Assert.Equal(HttpStatusCode.Redirect, joined.StatusCode);
        Assert.Equal("/", joined.Headers.Location!.OriginalString);
        using var history = await _browser.GetAsync(new Uri(_hub.Address, "/history"), Cancellation);
        using var compose = await _browser.GetAsync(new Uri(_hub.Address, "/compose"), Cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (history.StatusCode, compose.StatusCode));
        using var again = await _browser.GetAsync(link, Cancellation);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Contains("This link does not work", await again.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_concurrent_uses_of_one_invitation_create_one_operator()
    {
        var link = Page("join", await Changes.InviteAsync("mara", Roles.Sender));
        var html = await _browser.GetStringAsync(link, Cancellation);
        var both = await Task.WhenAll(_browser.SendFormAsync(link, html, _bo), _browser.SendFormAsync(link, html, [("Input.Name", Names.New("bea")), .. _bo[1..]]));
        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Gone], both.Select(a => a.StatusCode).Order());
    }

    [Fact]
    public async Task Invitation_stays_valid_after_a_taken_name_or_a_weak_password()
    {
        var link = Page("join", await Changes.InviteAsync("mara", Roles.Sender));
        using var taken = await _browser.SubmitAsync(link, [("Input.Name", "MARA"), .. _bo[1..]]);
        Assert.Contains("That name is taken.", await taken.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var weak = await _browser.SubmitAsync(link, [_bo[0], ("Input.Password", "short"), ("Input.Again", "short")]);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (taken.StatusCode, weak.StatusCode));
        using var joined = await _browser.SubmitAsync(link, _bo);
        Assert.Equal(HttpStatusCode.Redirect, joined.StatusCode);
    }

    [Fact]
    public async Task Link_that_is_expired_revoked_or_for_another_purpose_returns_410()
    {
        await using var own = _hub = HubServer.Start(AccountPages.WithMara, services => services.AddTime(_time));
        var links = _hub.Services.GetRequiredService<IOneTimeLinkStore>();
        var revoked = await Changes.InviteAsync("mara", Roles.Sender);
        await Changes.RevokeInvitationAsync("mara", (await links.ListInvitationsAsync(Cancellation)).Single());
        var open = await Changes.InviteAsync("mara", Roles.Sender);
        Assert.Single(await links.ListInvitationsAsync(Cancellation));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync("join", revoked));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync("reset-password", open));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("join", open));
        _time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync("join", open));
        Assert.Empty(await links.ListInvitationsAsync(Cancellation));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync("join", ""));
    }

    [Fact]
    public async Task Reset_link_sets_the_password_ends_every_session_and_works_once()
    {
        // Its operator has another password then.
        await using var own = _hub = HubServer.Start(AccountPages.WithMara);
        using var _ = await _browser.SignInAsync(_hub);
        var mara = await _hub.Services.GetRequiredService<IOperatorStore>().FindAsync("mara", Cancellation);
        var older = await Changes.MakeResetLinkAsync("mara", mara!.Id, "mara");
        var link = Page("reset-password", await Changes.MakeResetLinkAsync("mara", mara.Id, "mara"));
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync("reset-password", older));
        using var other = HubServer.NewHttp();
        using var done = await other.SubmitAsync(link, _bo[1..]);
        Assert.Contains("The password is set", await done.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var ended = await _browser.GetAsync(new Uri(_hub.Address, "/compose"), Cancellation);
        using var old = await other.SignInAsync(_hub);
        using var signedIn = await other.SignInAsync(_hub, password: "seven ferries 4");
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (ended.StatusCode, old.StatusCode, signedIn.StatusCode));
        Assert.Equal(HttpStatusCode.Gone, (await other.GetAsync(link, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Reset_password_command_prints_a_working_link_and_reports_an_unknown_operator()
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.Equal(1, await CommandLine.RunAsync(["operator", "reset-password", "nobody"], _hub.Services, output, errors));
        Assert.Equal(1, await CommandLine.RunAsync(["operator"], _hub.Services, output, errors));
        Assert.StartsWith("There is no operator \"nobody\" in the database", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("NotifyDashboard operator [command]", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
        Assert.Equal(0, await CommandLine.RunAsync(["operator", "reset-password", "Mara"], _hub.Services, output, errors));
        var token = output.ToString().Split('\n')[0].Trim().Split("/reset-password?token=")[1];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("reset-password", token));
    }

    [Fact]
    public async Task Password_change_requires_the_old_password_and_ends_every_other_session()
    {
        await using var own = _hub = HubServer.Start(AccountPages.WithMara);
        using var elsewhere = HubServer.NewHttp();
        using (await elsewhere.SignInAsync(_hub)) { }
        using (await _browser.SignInAsync(_hub)) { }
        var page = new Uri(_hub.Address, "/account");
        using var wrong = await ChangeAsync("not the old one");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("The old password is wrong. Nothing was changed.", await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var done = await ChangeAsync(AccountPages.Password);
        Assert.Contains("The password is changed.", await done.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var here = await _browser.GetAsync(page, Cancellation);
        using var there = await elsewhere.GetAsync(page, Cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (here.StatusCode, there.StatusCode));
        for (var i = 0; i < 5; i++) using (await ChangeAsync("wrong again")) { }
        using var slowed = await ChangeAsync("seven ferries 4");
        Assert.Contains("Too many wrong passwords", await slowed.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        async Task<HttpResponseMessage> ChangeAsync(string old)
        {
            var html = await _browser.GetStringAsync(page, Cancellation);
            // Of the page's forms the one with passwords.
            var start = html.LastIndexOf("<form", html.IndexOf("Input.Old", StringComparison.Ordinal), StringComparison.Ordinal);
            return await _browser.SendFormAsync(page, html[start..html.IndexOf("</form>", start, StringComparison.Ordinal)], ("Input.Old", old), ("Input.Password", "seven ferries 4"), ("Input.Again", "seven ferries 4"));
        }
    }

    public void Dispose() => _browser.Dispose();

    private Uri Page(string page, string token) => new(_hub.Address, $"/{page}?token={token}");

    private async Task<HttpStatusCode> StatusAsync(string page, string token)
    {
        using var answer = await _browser.GetAsync(Page(page, token), Cancellation);
        return answer.StatusCode;
    }
}
