using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

public sealed class PresenceTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private HubServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _server = HubServer.Start(Jwt.Settings, services => services.AddSingleton<TimeProvider>(_time));
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Presence_of_a_stream_sets_its_tabs_and_reach_counts_people_and_tabs()
    {
        var laptop = await OpenAsync("alice");
        using var phone = await OpenAsync("alice");
        using var anonymous = await _server.OpenAsync();
        Assert.Equal(new Reach(3, 1, 1, 3), await ReachAsync());
        Assert.Equal(HttpStatusCode.NoContent, await PostTabsAsync("alice", laptop, new { page = "/orders", visible = true }, new { page = "/help", visible = false }));
        Assert.Equal(HttpStatusCode.NoContent, await PostTabsAsync(null, anonymous, new { page = "", visible = true }, new { page = "/", visible = true }, new { page = "/", visible = false }));
        Assert.Equal(new Reach(3, 1, 1, 6), await ReachAsync());
        laptop.Dispose();
        await Eventually.TrueAsync(async () => await ReachAsync() == new Reach(2, 1, 1, 4));
    }

    [Fact]
    public async Task Presence_for_a_foreign_or_unknown_stream_returns_404()
    {
        var alice = await OpenAsync("alice");
        using var anonymous = await _server.OpenAsync();
        Assert.Equal(HttpStatusCode.NotFound, await PostTabsAsync("bob", alice));
        Assert.Equal(HttpStatusCode.NotFound, await PostTabsAsync(null, alice));
        Assert.Equal(HttpStatusCode.NotFound, await PostTabsAsync("alice", anonymous));
        Assert.Equal(HttpStatusCode.NotFound, await PostTabsAsync("alice", new string('0', 32)));
        Assert.Equal(HttpStatusCode.NotFound, await PostTabsAsync("alice", "guess"));
        var id = IdOf(alice);
        alice.Dispose();
        await Eventually.TrueAsync(async () => await PostTabsAsync("alice", id) == HttpStatusCode.NotFound || Advance());
    }

    [Fact]
    public async Task Presence_is_accepted_at_most_once_a_second()
    {
        using var stream = await _server.OpenAsync();
        Assert.Equal(HttpStatusCode.NoContent, await PostTabsAsync(null, stream));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostTabsAsync(null, stream));
        Advance();
        Assert.Equal(HttpStatusCode.NoContent, await PostTabsAsync(null, stream));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private bool Advance()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return false;
    }

    private Task<Reach> ReachAsync() => _server.Services.GetRequiredService<NotificationHub>().CountReachedAsync(Drafts.Text("", Topic.Broadcast));

    private async Task<StreamReading> OpenAsync(string who)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/api/stream-tickets"));
        asked.Headers.Authorization = new("Bearer", Jwt.Of(who, now: _time.GetUtcNow()));
        using var given = await _server.Http.SendAsync(asked, Cancellation);
        var ticket = (await given.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("ticket").GetString();
        return await _server.OpenAsync($"?ticket={ticket}");
    }

    private Task<HttpStatusCode> PostTabsAsync(string? who, StreamReading stream, params object[] tabs) => PostTabsAsync(who, IdOf(stream), tabs);

    private async Task<HttpStatusCode> PostTabsAsync(string? who, string streamId, params object[] tabs)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/api/presence")) { Content = JsonContent.Create(new { streamId, tabs }) };
        if (who is not null) request.Headers.Authorization = new("Bearer", Jwt.Of(who, now: _time.GetUtcNow()));
        using var response = await _server.Http.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    private static string IdOf(StreamReading stream) => JsonDocument.Parse(stream.Hello.Data).RootElement.GetProperty("streamId").GetString()!;
}
