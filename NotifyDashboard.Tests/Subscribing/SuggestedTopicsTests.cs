using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

/// <summary>An operator would fire to what Compose suggests: nobody without a credential of their own puts a name there.</summary>
public sealed class SuggestedTopicsTests(SharedTokenServer shared) : IClassFixture<SharedTokenServer>
{
    private readonly HubServer _hub = shared.Hub;
    private readonly string _prefix = Names.New("orders") + "/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anonymous_streams_and_demo_personas_suggest_nothing()
    {
        using var token = await _hub.Http.PostAsJsonAsync(new Uri(_hub.Address, "/api/demo/tokens"), new { persona = "alice" }, Cancellation);
        var persona = (await token.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("token").GetString()!;
        using var anonymous = await _hub.OpenAsync($"?topic={_prefix}4711-cancel");
        using var demo = await _hub.OpenAsAsync(persona, $"&topic={_prefix}4712-refund");
        Assert.Equal(1, await _hub.ReachedAsync(_prefix + "4711-cancel"));
        Assert.Empty(await SuggestedAsync());
        await _hub.PublishAsync(new { topic = _prefix + "1", title = "T" });
        Assert.Equal([_prefix + "1"], await SuggestedAsync());
    }

    [Fact]
    public async Task A_topic_is_suggested_while_a_recipient_or_a_key_listens_to_it()
    {
        using (var recipient = await _hub.OpenAsAsync(Jwt.Of("alice"), $"&topic={_prefix}2&topic={_prefix}3"))
        using (var key = await OpenWithKeyAsync(_prefix + "3"))
        using (var anonymous = await _hub.OpenAsync($"?topic={_prefix}2&topic={_prefix}9"))
        {
            Assert.Equal([_prefix + "2", _prefix + "3"], await SuggestedAsync());
        }
        await Eventually.TrueAsync(async () => (await SuggestedAsync()).Length == 0);
    }

    private async Task<HttpResponseMessage> OpenWithKeyAsync(string topic)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_hub.Address, "/sse-stream?topic=" + topic));
        request.Headers.Authorization = Hubs.Bearer;
        var answer = await _hub.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return answer.EnsureSuccessStatusCode();
    }

    private async Task<string[]> SuggestedAsync() =>
        [.. (await _hub.Services.GetRequiredService<NotificationHub>().SuggestTopicsAsync(_prefix, 10, Cancellation)).Select(known => known.Topic)];
}
