using System.Diagnostics;
using System.Net;
using NotifyDashboard.Demo.DemoHub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Demo.DemoHub;

public sealed class OneClickSignInTests : IAsyncDisposable
{
    private const string Button = "Sign in as Demo operator";

    private readonly DemoServer _demo = new();
    private readonly HttpClient _other = HubServer.NewHttp();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpClient Http => _demo.Hub.Http;

    [Fact]
    public async Task The_printed_link_signs_in_a_sender_who_may_not_administer()
    {
        using var answer = await Http.GetAsync(_demo.Link, Cancellation);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.True(await _demo.IsSignedInAsync(Http));
        using var administration = await Http.GetAsync(new Uri(_demo.Hub.Address, "/access/operators"), Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, administration.StatusCode);
    }

    [Fact]
    public async Task Used_demo_link_signs_nobody_in_and_says_to_restart_the_demo()
    {
        using var first = await Http.GetAsync(_demo.Link, Cancellation);
        using var second = await _other.GetAsync(_demo.Link, Cancellation);
        Assert.Equal("/sign-in", second.Headers.Location?.OriginalString);
        Assert.False(await _demo.IsSignedInAsync(_other));
        Assert.Contains("Start the demo again", await PageAsync(_other), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_and_button_end_after_ten_minutes()
    {
        var page = await PageAsync(Http);
        _demo.Time.Advance(OneClickSignIn.Lifetime);
        using var link = await Http.GetAsync(_demo.Link, Cancellation);
        using var button = await PressAsync(Http, page);
        Assert.Equal(HttpStatusCode.Forbidden, button.StatusCode);
        Assert.False(await _demo.IsSignedInAsync(Http));
        Assert.DoesNotContain(Button, await PageAsync(Http), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?token=guess")]
    [InlineData("?token=")]
    [InlineData("")]
    public async Task A_guessed_link_signs_nobody_in_and_leaves_the_right_one_usable(string query)
    {
        using var guess = await Http.GetAsync(new Uri(_demo.Hub.Address, OneClickSignIn.Path + query), Cancellation);
        Assert.False(await _demo.IsSignedInAsync(Http));
        using var right = await Http.GetAsync(_demo.Link, Cancellation);
        Assert.True(await _demo.IsSignedInAsync(Http));
    }

    [Fact]
    public async Task HEAD_does_not_use_the_link_up()
    {
        using var look = new HttpRequestMessage(HttpMethod.Head, _demo.Link);
        using var looked = await Http.SendAsync(look, Cancellation);
        Assert.False(await _demo.IsSignedInAsync(Http));
        using var opened = await Http.GetAsync(_demo.Link, Cancellation);
        Assert.True(await _demo.IsSignedInAsync(Http));
    }

    [Fact]
    public async Task The_button_on_the_start_page_signs_in_once()
    {
        var page = await PageAsync(Http);
        var late = await PageAsync(_other);
        using var pressed = await PressAsync(Http, page);
        Assert.True(await _demo.IsSignedInAsync(Http));
        using var again = await PressAsync(_other, late);
        Assert.Equal(HttpStatusCode.Forbidden, again.StatusCode);
        Assert.False(await _demo.IsSignedInAsync(_other));
    }

    [Fact]
    public async Task Concurrent_uses_of_the_demo_link_sign_in_one_browser()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _other.GetAsync(_demo.Link, Cancellation)));
        Assert.Single(answers, answer => answer.Headers.Contains("Set-Cookie"));
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Without_its_antiforgery_token_the_button_does_nothing()
    {
        using var form = new FormUrlEncodedContent([new("_handler", "demo-sign-in")]);
        using var forged = await Http.PostAsync(_demo.SignInPage, form, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.False(await _demo.IsSignedInAsync(Http));
        Assert.Contains(Button, await PageAsync(Http), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 tunnel")]
    public async Task Through_a_proxy_on_this_machine_nobody_is_signed_in(string header, string value)
    {
        var page = await PageAsync(Http);
        Http.DefaultRequestHeaders.Add(header, value);
        Assert.DoesNotContain(Button, await PageAsync(Http), StringComparison.Ordinal);
        using var button = await PressAsync(Http, page);
        Assert.Equal(HttpStatusCode.Forbidden, button.StatusCode);
        using var link = await Http.GetAsync(_demo.Link, Cancellation);
        Assert.False(await _demo.IsSignedInAsync(Http));
    }

    [Theory]
    [InlineData("/sign-in", "Host: rebound.example\r\n")]
    [InlineData("/demo", "Host: rebound.example\r\n")]
    [InlineData("/healthz/live", "Host: rebound.example\r\n")]
    [InlineData("/sign-in", "Host: 127.0.0.1.rebound.example\r\n")]
    [InlineData("/sign-in", "Host:\r\n")]
    public async Task Demo_request_with_a_foreign_or_empty_host_returns_400(string path, string host)
    {
        var answer = await RawRequest.SendAsync(_demo.Hub.Address, $"GET {path} HTTP/1.1\r\n{host}X-Forwarded-Host: localhost\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_request_without_a_host_returns_400() =>
        Assert.StartsWith("HTTP/1.1 400", await RawRequest.SendAsync(_demo.Hub.Address, "GET /sign-in HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Another_user_of_this_machine_gets_no_button()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/curl"), "Needs Linux, curl, and root to be another user.");
        using var curl = Process.Start(new ProcessStartInfo("runuser", ["-u", "nobody", "--", "curl", "-s", _demo.SignInPage.ToString()]) { RedirectStandardOutput = true })!;
        var page = await curl.StandardOutput.ReadToEndAsync(Cancellation);
        await curl.WaitForExitAsync(Cancellation);
        Assert.Contains("open the link that the demo printed", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Button, page, StringComparison.Ordinal);
        Assert.Contains(Button, await PageAsync(Http), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_without_the_demo_option_has_no_one_click_sign_in()
    {
        await using var hub = HubServer.Start(AccountPages.WithMara);
        using var link = await hub.Http.GetAsync(new Uri(hub.Address, OneClickSignIn.Path + "?token=x"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, link.StatusCode);
        Assert.DoesNotContain("demo-sign-in", await hub.Http.GetStringAsync(new Uri(hub.Address, "/sign-in"), Cancellation), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _other.Dispose();
        await _demo.DisposeAsync();
    }

    private Task<string> PageAsync(HttpClient http) => http.GetStringAsync(_demo.SignInPage, Cancellation);

    private Task<HttpResponseMessage> PressAsync(HttpClient http, string page) => http.SendFormAsync(_demo.SignInPage, page);
}
