using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Publishing;

/// <summary>Of a batch that is refused nothing is stored: the history of their server stays empty.</summary>
public sealed class BatchRefusalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HubServer _server = shared.Hub;

    [Theory]
    [InlineData("[]", "batch_count")]
    [InlineData("[1]", "not_an_object")]
    [InlineData("""[{"title":"good"},{"title":5}]""", "title_wrong_kind")]
    [InlineData("""[{"title":"good"},{"topic":"t"}]""", "nothing_to_say")]
    [InlineData("""[{"title":"1","externalId":"a"},{"title":"2","externalId":"a"}]""", "external_id_twice")]
    [InlineData("""[{"title":"1","publishAt":"2099-01-01T00:00:00Z"}]""", "publish_at_in_batch")]
    public async Task Batch_with_one_invalid_notification_stores_nothing(string body, string rule)
    {
        using var answer = await _server.PostAsync(body);
        Assert.Contains(rule, await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "invalid"));
        using var history = await _server.SendAsync(HttpMethod.Get, "/api/notifications");
        Assert.Equal(0, (await history.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("notifications").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"title":5}""")]
    [InlineData("""{"topic":""}""")]
    public async Task Batch_with_many_errors_returns_the_first_fifty(string one)
    {
        using var answer = await _server.PostAsync($"[{string.Join(',', Enumerable.Repeat(one, 1_000))}]");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(50, problem.GetProperty("errors").GetArrayLength());
        Assert.EndsWith("These are the first 50; there may be more.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
