using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

public sealed partial class SetUpTests : IAsyncDisposable
{
    private static readonly (string, string)[] Good = [("Input.Name", "mara"), ("Input.Password", AccountPages.Password), ("Input.Again", AccountPages.Password)];

    private readonly SettableTime _time = new();
    private readonly StringWriter _printed = new();
    private readonly HubServer _hub;

    public SetUpTests() => _hub = HubServer.Start(services: services =>
        services.AddSingleton<TimeProvider>(_time).AddSingleton(new BannerOutput(_printed)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_printed_link_makes_an_admin_who_is_signed_in_and_sees_the_first_key_once()
    {
        using var done = await _hub.Http.SubmitAsync(Link(), Good);
        var html = WebUtility.HtmlDecode(SpanTag().Replace(await done.Content.ReadAsStringAsync(Cancellation), ""));
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.True(done.Headers.CacheControl!.NoStore);
        var key = KeyText().Match(html).Value;
        Assert.Contains($"curl {_hub.Address.ToString().TrimEnd('/')}/api/notifications -H 'Authorization: Bearer {key}' -d topic=broadcast -d title='Hello Dolly'", html, StringComparison.Ordinal);
        // Bare, and as the README's examples expect it.
        Assert.Contains($">{key}</pre>", html, StringComparison.Ordinal);
        Assert.Contains($">export KEY={key}</pre>", html, StringComparison.Ordinal);
        using var home = await _hub.Http.GetAsync(new Uri(_hub.Address, "/compose"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        var found = await _hub.Services.GetRequiredService<ApiKeys>().FindAsync(key, Cancellation);
        Assert.Equal(["publish", "read", "manage"], found!.Actions);
        Assert.Equal(["*"], found.TopicPatterns);
        var made = await _hub.Services.GetRequiredService<IOperatorStore>().FindAsync("MARA", Cancellation);
        Assert.Equal(("mara", Roles.Admin), (made!.Name, made.Role));
        var again = await PageAsync(Link());
        Assert.DoesNotContain("nd_", again.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/history")]
    [InlineData("/sign-in")]
    public async Task Pages_before_set_up_say_that_there_is_no_account_and_where_to_find_the_link(string path)
    {
        using var handler = new SocketsHttpHandler();
        using var browser = new HttpClient(handler);
        var html = WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(_hub.Address, path), Cancellation));
        Assert.Contains("No account yet", html, StringComparison.Ordinal);
        Assert.Contains("in the terminal where the hub runs", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Input.Password", html, StringComparison.Ordinal);
        Assert.DoesNotContain("token=", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_set_up_the_sign_in_asks_for_name_and_password()
    {
        using var _ = await _hub.Http.SubmitAsync(Link(), Good);
        using var other = HubServer.NewHttp();
        var html = await other.GetStringAsync(new Uri(_hub.Address, "/sign-in"), Cancellation);
        Assert.Contains("Input.Password", html, StringComparison.Ordinal);
        Assert.DoesNotContain("No account yet", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_used_link_says_that_set_up_is_done()
    {
        using var _ = await _hub.Http.SubmitAsync(Link(), Good);
        var (status, html) = await PageAsync(Link());
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Contains("Set-up is done", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_link_says_to_start_again()
    {
        _time.Advance(TimeSpan.FromMinutes(61));
        var (status, html) = await PageAsync(Link());
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Contains("It has expired.", html, StringComparison.Ordinal);
        Assert.Contains("Start the server again", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_up_link_that_expires_before_the_form_is_submitted_creates_no_operator()
    {
        var html = (await PageAsync(Link())).Html;
        _time.Advance(TimeSpan.FromMinutes(61));
        using var late = await _hub.Http.SendFormAsync(Link(), html, Good);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.Contains("It has expired.", await late.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.False(await _hub.Services.GetRequiredService<IOperatorStore>().AnyAsync(Cancellation));
    }

    [Fact]
    public async Task A_wrong_link_is_refused()
    {
        var (status, html) = await PageAsync(new(_hub.Address, "/set-up?token=guess"));
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Contains("This link does not work", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_start_prints_another_link_and_ends_the_first()
    {
        var first = Link();
        await _hub.RestartAsync();
        var second = Link();
        Assert.NotEqual(first.Query, second.Query);
        Assert.Equal(HttpStatusCode.Gone, (await PageAsync(new(_hub.Address, first.PathAndQuery))).Status);
        Assert.Equal(HttpStatusCode.OK, (await PageAsync(second)).Status);
    }

    [Fact]
    public async Task With_an_operator_a_start_prints_no_link()
    {
        using var _ = await _hub.Http.SubmitAsync(Link(), Good);
        _printed.GetStringBuilder().Clear();
        await _hub.RestartAsync();
        Assert.DoesNotContain("set-up", _printed.ToString(), StringComparison.Ordinal);
        Assert.Contains($"{_hub.Address.ToString().TrimEnd('/')}/sign-in", _printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_set_ups_at_once_make_one_operator_and_one_key()
    {
        var html = (await PageAsync(Link())).Html;
        var both = await Task.WhenAll(_hub.Http.SendFormAsync(Link(), html, Good),
            _hub.Http.SendFormAsync(Link(), html, ("Input.Name", "theo"), ("Input.Password", AccountPages.Password), ("Input.Again", AccountPages.Password)));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Gone], both.Select(answer => answer.StatusCode).Order());
        await using var connection = await _hub.Services.GetRequiredService<NotifyDashboard.Storage.Sqlite.SqliteDataSource>().OpenConnectionAsync(Cancellation);
        Assert.Equal(1, connection.ExecuteScalar<long>("SELECT count(*) FROM operators"));
        Assert.Equal(1, connection.ExecuteScalar<long>("SELECT count(*) FROM api_keys"));
    }

    [Fact]
    public async Task Set_up_form_shows_all_validation_errors_at_once_and_keeps_the_name()
    {
        using var answer = await _hub.Http.SubmitAsync(Link(), ("Input.Name", "mara & co"), ("Input.Password", "short"), ("Input.Again", "other"));
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Use at least 12 characters.", html, StringComparison.Ordinal);
        Assert.Contains("The two passwords differ.", html, StringComparison.Ordinal);
        Assert.Contains("value=\"mara & co\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"short\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_up_form_without_an_antiforgery_token_creates_no_operator()
    {
        using var form = new FormUrlEncodedContent([new("_handler", "set-up"), .. Good.Select(f => KeyValuePair.Create(f.Item1, f.Item2))]);
        using var answer = await _hub.Http.PostAsync(Link(), form, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await _hub.Services.GetRequiredService<IOperatorStore>().AnyAsync(Cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _printed.DisposeAsync();
    }

    private Uri Link() => new(PrintedLink().Matches(_printed.ToString())[^1].Value);

    private async Task<(HttpStatusCode Status, string Html)> PageAsync(Uri page)
    {
        using var answer = await _hub.Http.GetAsync(page, Cancellation);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)));
    }

    [GeneratedRegex(@"http\S+/set-up\?token=\S+")]
    private static partial Regex PrintedLink();

    [GeneratedRegex("</?span[^>]*>")]
    private static partial Regex SpanTag();

    [GeneratedRegex("nd_[A-Za-z0-9_-]{43}")]
    private static partial Regex KeyText();
}
