using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

public sealed class StreamTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HubServer _server = shared.Hub;

    [Fact]
    public async Task A_stream_opens_with_a_comment_and_a_hello_that_carries_the_cursor()
    {
        var last = await _server.PublishAsync(new { data = "before" });
        using var stream = await _server.OpenAsync();
        Assert.StartsWith($": hello\n\nid: {last}\nevent: hub.hello\ndata: {{\"streamId\":\"", stream.Raw, StringComparison.Ordinal);
        var hello = StreamReading.Json(stream.Hello);
        Assert.Matches("^[0-9a-f]{32}$", hello.GetProperty("streamId").GetString());
        Assert.Equal(15, hello.GetProperty("heartbeatSeconds").GetInt32());
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.ToString());
        Assert.True(stream.Response.Headers.CacheControl!.NoCache);
        Assert.Equal("no", Assert.Single(stream.Response.Headers.GetValues("X-Accel-Buffering")));
    }

    [Fact]
    public async Task Published_ping_is_sent_exactly_as_written()
    {
        using var stream = await _server.OpenAsync();
        var id = await _server.PublishAsync(new { type = "ping", data = "'Hello Dolly!'" });
        var item = await stream.NextAsync();
        Assert.Equal(("ping", "'Hello Dolly!'", id), (item.EventType, item.Data, item.EventId));
        Assert.EndsWith($"id: {id}\nevent: ping\ndata: 'Hello Dolly!'\n\n", stream.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_gets_exactly_the_topics_and_patterns_that_it_asks_for()
    {
        using var topics = await _server.OpenAsync("?topic=a&topic=b%2F1");
        using var pattern = await _server.OpenAsync("?match=b%2F:id&match=c*");
        using var nothing = await _server.OpenAsync();
        foreach (var topic in new[] { "a", "b/1", "b/2", "cc", "broadcast", "z" }) await _server.PublishAsync(new { topic, data = topic });
        foreach (var stream in new[] { (topics, "a"), (pattern, "cc"), (nothing, "broadcast") }) await _server.PublishAsync(new { topic = stream.Item2, data = "end" });
        Assert.Equal(["a", "b/1", "end"], await topics.DataAsync(3));
        Assert.Equal(["b/1", "b/2", "cc", "end"], await pattern.DataAsync(4));
        Assert.Equal(["broadcast", "end"], await nothing.DataAsync(2));
    }

    [Fact]
    public async Task Empty_topic_stands_for_the_default_topic_beside_others()
    {
        using var both = await _server.OpenAsync("?topic=&topic=beside");
        using var alone = await _server.OpenAsync("?topic=");
        foreach (var topic in new[] { "beside", "elsewhere", "broadcast" }) await _server.PublishAsync(new { topic, data = topic });
        Assert.Equal(["beside", "broadcast"], await both.DataAsync(2));
        Assert.Equal(["broadcast"], await alone.DataAsync(1));
    }

    [Fact]
    public async Task A_private_notification_reaches_no_anonymous_stream_live_or_replayed()
    {
        using var live = await _server.OpenAsync("?topic=secrets/1&match=secrets/*");
        await _server.PublishAsync(new { topic = "secrets/1", data = "secret", @private = true });
        await _server.PublishAsync(new { topic = "secrets/1", data = "public" });
        Assert.Equal(["public"], await live.DataAsync(1));
        foreach (var query in new[] { "?topic=secrets/1", "?match=secrets/:id" })
        {
            using var replay = await _server.OpenAsync(query, "earliest");
            Assert.Equal(["public"], await replay.DataAsync(1));
            using var gap = await _server.OpenAsync(query, "garbage");
            Assert.Equal(["hub.gap", "notification"], (await gap.TakeAsync(2)).Select(i => i.EventType));
        }
    }

    [Fact]
    public async Task The_envelope_names_type_and_topics()
    {
        using var stream = await _server.OpenAsync("?topic=a&envelope=1");
        var id = await _server.PublishAsync(new { topic = new[] { "b", "a" }, type = "ping", data = new { x = 1 } });
        var item = await stream.NextAsync();
        Assert.Equal(("hub.notification", id), (item.EventType, item.EventId));
        var json = StreamReading.Json(item);
        Assert.Equal((id, "ping", "a", 1), (
            json.GetProperty("id").GetString(), json.GetProperty("type").GetString(), json.GetProperty("topics")[1].GetString(), json.GetProperty("data").GetProperty("x").GetInt32()));
    }

    [Theory]
    [InlineData("?envelope=2", "envelope_invalid")]
    [InlineData("?topic=%09", "topic_invalid")]
    [InlineData("?match=a{b}", "match_invalid")]
    [InlineData("?match=&topic=%0A&envelope=x", "topic_invalid", "match_invalid", "envelope_invalid")]
    public async Task Invalid_stream_query_is_refused_with_every_broken_rule(string query, params string[] rules)
    {
        using var response = await GetAsync(query);
        Assert.Equal(rules, await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task Stream_with_more_than_a_hundred_topics_and_patterns_is_refused()
    {
        var most = "?match=x&" + string.Join('&', Enumerable.Range(1, 99).Select(i => $"topic={i}"));
        using (await _server.OpenAsync(most))
        {
            using var response = await GetAsync(most + "&topic=100");
            Assert.Equal(["topics_too_many"], await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
        }
    }

    [Fact]
    public async Task A_query_of_more_than_32_kib_is_too_long()
    {
        var topics = string.Concat(Enumerable.Range(0, 70).Select(i => $"&topic={i:00}{new string('x', 450)}"));
        using (await _server.OpenAsync("?" + topics[1..])) { }
        using var response = await GetAsync("?" + topics[1..] + "&topic=" + new string('x', 33_000 - topics.Length));
        await ProblemAssert.IsAsync(response, HttpStatusCode.RequestUriTooLong, "uri-too-long");
        using var longer = await GetAsync("?topic=" + new string('x', 60_000));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, longer.StatusCode);
    }

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer")]
    [InlineData("Token eDp5")]
    public async Task A_bad_credential_is_refused_and_never_taken_for_none(string authorization)
    {
        using var response = await GetAsync("", AuthenticationHeaderValue.Parse(authorization));
        await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Contains(response.Headers.WwwAuthenticate, h => h.Scheme == "Bearer");
    }

    [Fact]
    public async Task A_ticket_that_was_not_given_is_refused()
    {
        using var response = await GetAsync("?ticket=abc");
        await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Contains(response.Headers.WwwAuthenticate, h => h.Scheme == "Bearer");
    }

    [Fact]
    public async Task Anonymous_streams_can_be_switched_off()
    {
        await using var server = Hubs.Start(("Streams:AllowAnonymous", "false"));
        using var response = await server.SendAsync(HttpMethod.Get, "/sse-stream", withKey: false);
        await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Theory]
    [InlineData("2", "-1", HttpStatusCode.ServiceUnavailable, "unavailable")]
    [InlineData("0", "2", HttpStatusCode.TooManyRequests, "too-many")]
    [InlineData("4", "0", HttpStatusCode.TooManyRequests, "too-many")]
    public async Task Over_the_limit_a_stream_is_refused_until_another_ends(string max, string maxPerAddress, HttpStatusCode status, string kind)
    {
        await using var server = Hubs.Start(("Streams:MaxStreams", max), ("Streams:MaxStreamsPerAddress", maxPerAddress));
        using var first = await server.OpenAsync();
        var second = await server.OpenAsync();
        using (var refused = await server.SendAsync(HttpMethod.Get, "/sse-stream", withKey: false))
        {
            await ProblemAssert.IsAsync(refused, status, kind);
            Assert.Equal(10, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        }
        second.Dispose();
        // The place is free a moment after the stream is gone.
        using var third = await OpenWhenFreeAsync(server);
        using var again = await server.SendAsync(HttpMethod.Get, "/sse-stream", withKey: false);
        Assert.Equal(status, again.StatusCode);
    }

    [Theory]
    [InlineData("4", "-1", HttpStatusCode.ServiceUnavailable, "unavailable")]
    [InlineData("8", "0", HttpStatusCode.TooManyRequests, "too-many")]
    public async Task Patterns_of_anonymous_streams_are_bounded_until_they_end(string max, string maxPerAddress, HttpStatusCode status, string kind)
    {
        await using var server = Hubs.Start(("Streams:MaxAnonymousPatterns", max), ("Streams:MaxAnonymousPatternsPerAddress", maxPerAddress));
        const string Two = "/sse-stream?match=a/*&match=b/*";
        var most = await server.OpenAsync("?match=1/*&match=2/*&match=3/*");
        using (var refused = await server.SendAsync(HttpMethod.Get, Two, withKey: false)) await ProblemAssert.IsAsync(refused, status, kind);
        using var topics = await server.OpenAsync("?topic=1&topic=2&topic=3");
        using (var known = await server.SendAsync(HttpMethod.Head, Two)) Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        most.Dispose();
        await Eventually.TrueAsync(async () =>
        {
            using var again = await server.SendAsync(HttpMethod.Head, Two, withKey: false);
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Stream_ends_when_the_key_that_opened_it_is_revoked()
    {
        await using var server = Hubs.Start();
        var keys = server.Services.GetRequiredService<ApiKeys>();
        await keys.CreateAsync("test", "other", Actions.All, ["*"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/sse-stream")) { Headers = { Authorization = Hubs.Bearer } };
        using var stream = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var anonymous = await server.OpenAsync();
        await Eventually.TrueAsync(() => server.Streams() == 2);
        var key = (await server.Services.GetRequiredService<IApiKeyStore>().ListAsync(TestContext.Current.CancellationToken)).Single(one => one.Name != "other");
        await keys.RevokeAsync("test", key.Id, key.Name);
        Assert.Contains("hub.bye", await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => server.Streams() == 1);
    }

    [Fact]
    public async Task Closed_streams_leave_no_subscriber()
    {
        for (var i = 0; i < 20; i++) (await _server.OpenAsync($"?topic=t{i}&match=*")).Dispose();
        await Eventually.TrueAsync(() => _server.Streams() == 0);
        await Eventually.TrueAsync(async () => await _server.ReachedAsync("t1") == 0);
    }

    private async Task<HttpResponseMessage> GetAsync(string query, AuthenticationHeaderValue? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Address, "/sse-stream" + query));
        request.Headers.Authorization = authorization;
        return await _server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static async Task<StreamReading> OpenWhenFreeAsync(HubServer server)
    {
        StreamReading? opened = null;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                opened = await server.OpenAsync();
            }
            catch (HttpRequestException)
            {
                return false;
            }
            return true;
        });
        return opened!;
    }
}
