using System.Net;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components;

public sealed class PageRefusalsTests
{
    [Fact]
    public async Task Unknown_address_returns_404_with_a_page_that_links_to_sign_in()
    {
        await using var hub = HubServer.Start();
        using var response = await AskAsync(hub, "/no/such/page", "text/html,application/xhtml+xml,*/*;q=0.8");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Nothing is here", html, StringComparison.Ordinal);
        Assert.Contains("href=\"sign-in\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_the_role_forbids_says_who_can_change_it()
    {
        await using var hub = HubServer.Start();
        using var response = await AskAsync(hub, "/refused/403", "text/html");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("An admin can change it.", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_address_shows_a_signed_in_operator_the_main_navigation()
    {
        await using var hub = HubServer.Start(AccountPages.WithMara);
        using (await hub.Http.SignInAsync(hub)) { }
        using var response = await AskAsync(hub, "/no/such/page", "text/html");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Nothing is here", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Main\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/file.js", "*/*")]
    [InlineData("/api/no-such-thing", "text/html")]
    [InlineData("/sse-stream/no-such-thing", "text/html")]
    [InlineData("/shared/no-such-file.js", "text/html")]
    [InlineData("/healthz/no-such-probe", "text/html")]
    public async Task Unknown_address_of_an_API_or_a_file_returns_404_without_a_page(string path, string accept)
    {
        await using var hub = HubServer.Start();
        using var response = await AskAsync(hub, path, accept);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("<html", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsync(HubServer hub, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, path));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
