using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Publishing;

/// <summary>A page of another site posts a form to the hub: the browser adds the operator's cookie, and what it remembers of a proxy's sign-in.</summary>
public sealed class FormForgeryTests(SharedOperatorServer shared) : IClassFixture<SharedOperatorServer>, IAsyncLifetime
{
    private readonly HubServer _server = shared.Hub;
    private readonly HttpClient _browser = HubServer.NewHttp();

    public async ValueTask InitializeAsync()
    {
        using var signedIn = await _browser.SignInAsync(_server);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "title=forged", "Basic bWFyYTpzZWNyZXQ=")]
    [InlineData("application/x-www-form-urlencoded", "title=forged", "Negotiate YIIZoAYGKwYBBQUC")]
    [InlineData("application/x-www-form-urlencoded", "title=forged", "Digest username=\"mara\", realm=\"proxy\"")]
    [InlineData("application/x-www-form-urlencoded", "title=forged", "NTLM TlRMTVNTUAAB")]
    [InlineData("application/x-www-form-urlencoded", "title=forged", null)]
    [InlineData("text/plain", "{\"title\":\"forged\",\"data\":\"=\"}", "Basic bWFyYTpzZWNyZXQ=")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nforged\r\n--b--\r\n", "Basic bWFyYTpzZWNyZXQ=")]
    public async Task A_form_with_a_cookie_and_the_remembered_sign_in_of_a_proxy_publishes_nothing(string contentType, string form, string? authorization)
    {
        foreach (var origin in new[] { "https://evil.example", "null", _server.Address.GetLeftPart(UriPartial.Authority) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/api/notifications")) { Content = new StringContent(form, Encoding.UTF8) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            request.Headers.Add("Origin", origin);
            if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
            using var answer = await _browser.SendAsync(request, TestContext.Current.CancellationToken);
            await ProblemAssert.IsAsync(answer, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        }
        using var history = await _server.SendAsync(HttpMethod.Get, "/api/notifications");
        Assert.DoesNotContain("forged", await history.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_a_bearer_key_publishes()
    {
        using var answer = await _server.SendAsync(HttpMethod.Post, "/api/notifications", new FormUrlEncodedContent([new("title", "x")]));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }
}
