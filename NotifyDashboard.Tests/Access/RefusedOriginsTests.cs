using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

public class RefusedOriginsTests
{
    private const string Friend = "https://shop.example";
    private const string Stranger = "https://other.example";

    [Theory]
    [InlineData(Friend, true)]
    [InlineData(Stranger, false)]
    [InlineData("https://shop.example.evil.example", false)]
    [InlineData("null", false)]
    public async Task Stream_and_ticket_responses_allow_only_a_configured_origin_and_never_cookies(string origin, bool allowed)
    {
        await using var hub = Hubs.Start([.. Jwt.Pairs, ("Access:AllowedOrigins:0", Friend)]);
        using var preflight = await SendAsync(hub, HttpMethod.Options, "/api/stream-tickets", origin, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization"));
        using var ticket = await SendAsync(hub, HttpMethod.Post, "/api/stream-tickets", origin, ("Authorization", "Bearer " + Jwt.Of("alice")));
        using var refused = await SendAsync(hub, HttpMethod.Get, "/sse-stream?ticket=x", origin);
        using var stream = await SendAsync(hub, HttpMethod.Get, "/sse-stream", origin);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Unauthorized), (ticket.StatusCode, refused.StatusCode));
        foreach (var answer in new[] { preflight, ticket, refused, stream })
        {
            Assert.Equal(allowed ? origin : null, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        }
        Assert.Equal(allowed, preflight.Headers.TryGetValues("Access-Control-Allow-Headers", out var headers) && headers.Single().Contains("authorization", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("https://münchen.example")]
    [InlineData("https://xn--mnchen-3ya.example")]
    public async Task An_international_origin_is_known_to_CORS_and_to_the_cookie_check_whichever_form_is_configured(string configured)
    {
        const string sent = "https://xn--mnchen-3ya.example";
        await using var hub = Hubs.Start([.. Jwt.Pairs, ("Access:AllowedOrigins:0", configured), ("Access:Tokens:Cookie", "recipient")]);
        using var stream = await SendAsync(hub, HttpMethod.Get, "/sse-stream", sent);
        Assert.Equal(sent, stream.Headers.GetValues("Access-Control-Allow-Origin").Single());
        foreach (var (origin, status) in new[] { (sent, HttpStatusCode.OK), ("https://xn--mnchen-3ya.example.evil.example", HttpStatusCode.Forbidden) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(hub.Address, "/api/inbox/preferences")) { Content = System.Net.Http.Json.JsonContent.Create(new { }) };
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Cookie", "recipient=" + Jwt.Of("alice"));
            using var answer = await hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Refused_origin_is_logged_once_a_minute_with_its_setting_and_at_most_ten_a_minute()
    {
        var (seen, time) = (new SeenErrors(), new ManualTime());
        await using var hub = Hubs.Start(services => services.AddSingleton<ILoggerProvider>(seen).AddTime(time), ("Access:AllowedOrigins:0", Friend));
        var own = hub.Address.GetLeftPart(UriPartial.Authority);
        foreach (var origin in new[] { Stranger, Stranger, Friend, own }) (await SendAsync(hub, HttpMethod.Get, "/healthz/live", origin)).Dispose();
        Assert.Empty(Said());
        foreach (var origin in new[] { Stranger, Stranger, Friend, own }) (await SendAsync(hub, HttpMethod.Get, "/api/notifications", origin)).Dispose();
        Assert.Contains("Access__AllowedOrigins__0=" + Stranger, Assert.Single(Said()), StringComparison.Ordinal);
        for (var i = 0; i < 30; i++) (await SendAsync(hub, HttpMethod.Get, "/api/notifications", $"https://{i}.example")).Dispose();
        Assert.Equal(10, Said().Length);
        time.Advance(TimeSpan.FromMinutes(1));
        (await SendAsync(hub, HttpMethod.Get, "/api/notifications", Stranger)).Dispose();
        Assert.Equal(11, Said().Length);

        string[] Said() => [.. seen.Entries.Where(entry => entry.Contains("AllowedOrigins", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task Setting_in_the_refused_origin_log_is_quoted_as_one_shell_word()
    {
        var seen = new SeenErrors();
        await using var hub = Hubs.Start(services => services.AddSingleton<ILoggerProvider>(seen));
        (await SendAsync(hub, HttpMethod.Get, "/api/notifications", "https://evil;touch$IFS'x'")).Dispose();
        Assert.Contains("Access__AllowedOrigins__0='https://evil;touch$IFS'\\''x'\\'''", Assert.Single(seen.Entries, entry => entry.Contains("AllowedOrigins", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HubServer hub, HttpMethod method, string path, string origin, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(hub.Address, path));
        request.Headers.TryAddWithoutValidation("Origin", origin);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await hub.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
