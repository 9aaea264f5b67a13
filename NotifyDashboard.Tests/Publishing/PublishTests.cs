using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Publishing;

public sealed class PublishTests : IAsyncDisposable
{
    private readonly HubServer _server = Hubs.Start();

    [Fact]
    public async Task Published_notification_is_found_at_its_location()
    {
        using var response = await _server.PostAsync("""{"topic":["orders/1","users/2"],"type":"order","title":"Paid","data":{"amount":1.50},"private":true,"retry":5}""");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var receipt = await JsonAsync(response);
        Assert.Equal(["id", "topic", "publishedAt"], receipt.EnumerateObject().Select(p => p.Name));
        Assert.Equal("orders/1", receipt.GetProperty("topic").GetString());
        using var found = await _server.SendAsync(HttpMethod.Get, response.Headers.Location!.ToString());
        var view = await JsonAsync(found);
        Assert.Equal((receipt.GetProperty("id").GetString(), "order", "Paid", "info", true, 1.50m), (
            view.GetProperty("id").GetString(), view.GetProperty("type").GetString(), view.GetProperty("title").GetString(),
            view.GetProperty("severity").GetString(), view.GetProperty("private").GetBoolean(), view.GetProperty("data").GetProperty("amount").GetDecimal()));
        Assert.Equal(receipt.GetProperty("publishedAt").GetString(), view.GetProperty("publishedAt").GetString());
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    public async Task Deeply_nested_data_is_refused_or_stored_and_the_history_stays_readable(int depth)
    {
        using var published = await _server.PostAsync($$"""{"data":{{new string('[', depth - 1)}}{{new string(']', depth - 1)}}}""");
        if (published.StatusCode != HttpStatusCode.Created) Assert.Equal(["not_json"], await ProblemAssert.IsAsync(published, HttpStatusCode.BadRequest, "invalid"));
        Assert.Equal(published.IsSuccessStatusCode ? 1 : 0, await StoredAsync());
    }

    [Fact]
    public async Task Publish_over_the_limit_per_minute_returns_429_with_Retry_After()
    {
        await using var server = Hubs.Start(("Publishing:PerMinute", "2"));
        await server.PublishAsync(new { title = "1" });
        await server.PublishAsync(new { title = "2" });
        using var response = await server.PostAsync("""{"title":"3"}""");
        await ProblemAssert.IsAsync(response, HttpStatusCode.TooManyRequests, "too-many");
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(2, (await JsonAsync(await server.SendAsync(HttpMethod.Get, "/api/notifications"))).GetProperty("notifications").GetArrayLength());
    }

    [Fact]
    public async Task Keys_of_the_same_name_do_not_use_up_each_others_limit()
    {
        await using var server = Hubs.Start(("Publishing:PerMinute", "1"));
        await server.PublishAsync(new { title = "1" });
        var text = ApiKeyText.Create();
        await server.Services.GetRequiredService<IApiKeyStore>().AddAsync(new(Bootstrap.KeyName, ApiKeyText.Hash(text), ApiKeyOrigins.Operator, Actions.All, ["*"]), new("key-created", "test"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/api/notifications")) { Content = JsonContent.Create(new { title = "2" }) };
        request.Headers.Authorization = new("Bearer", text);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    private async Task<int> StoredAsync()
    {
        using var response = await _server.SendAsync(HttpMethod.Get, "/api/notifications");
        return (await JsonAsync(response)).GetProperty("notifications").GetArrayLength();
    }
}
