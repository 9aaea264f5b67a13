using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

[Collection(Sequential.Name)]
public sealed class ReplayTests
{
    [Theory]
    [InlineData("/sse-stream?last_event_id=earliest", null)]
    [InlineData("/sse-stream", "earliest")]
    public async Task Earliest_can_be_refused_to_anonymous_streams(string path, string? header)
    {
        await using var server = Hubs.Start(("Streams:AllowAnonymousEarliest", "false"));
        var id = await server.PublishAsync(new { data = "x" });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
        if (header is not null) request.Headers.Add("Last-Event-ID", header);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Contains("leave earliest out", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(response.Headers.WwwAuthenticate, h => h.Scheme == "Bearer");

        // All else stays: a stream from now on, from a cursor, and everything for who has a credential.
        using (var fresh = await server.OpenAsync()) Assert.Equal(id, fresh.Hello.EventId);
        using (var resumed = await server.OpenAsync("", id)) Assert.Equal(id, resumed.Hello.EventId);
        server.Http.DefaultRequestHeaders.Authorization = Hubs.Bearer;
        using var known = await server.OpenAsync("", "earliest");
        Assert.Equal("x", (await known.NextAsync()).Data);
    }

    [Fact]
    public async Task Peer_that_disconnects_within_a_frame_causes_no_error_and_delays_nobody()
    {
        var seen = new SeenErrors();
        await using var server = Hubs.Start(services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(seen)));
        using var other = await server.OpenAsync("?topic=t");
        var leaving = new List<StuckPeer>();
        for (var i = 0; i < 5; i++) leaving.Add(await StuckPeer.OpenAsync(server, "?topic=t&envelope=1"));
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Add(await server.PublishAsync(new { topic = "t", data = new string('\u0001', 64 * 1024) }));
        foreach (var peer in leaving)
        {
            await peer.BlockedAsync();
            peer.Dispose();
        }
        await Eventually.TrueAsync(() => server.Streams() == 1);
        ids.Add(await server.PublishAsync(new { topic = "t", data = "x" }));
        Assert.Equal(ids, (await other.TakeAsync(4)).Select(i => i.EventId!));
        Assert.Equal(1, await server.ReachedAsync("t"));
        Assert.Equal(0, server.TimedOut());
        Assert.Empty(seen.Entries);
    }
}
