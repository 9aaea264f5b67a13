using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Publishing;

/// <summary>What happens over HTTP to notifications later, or to many at once.</summary>
public sealed class NotificationChangesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly string _topic = Names.New("t");
    private HubServer _server = shared.Hub;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Update_reaches_subscribers_as_hub_update_and_is_returned_by_the_API()
    {
        var id = await _server.PublishAsync(new { topic = _topic, title = "Ferry at 6:40", body = "On time" });
        using var stream = await _server.OpenAsync($"?topic={_topic}");
        using var answer = await SendAsync(HttpMethod.Patch, id, """{"title":"Ferry at 7:10","body":null,"severity":"warning"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var view = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((id, "Ferry at 7:10", JsonValueKind.Null, "warning"), (Text(view, "id"), Text(view, "title"), view.GetProperty("body").ValueKind, Text(view, "severity")));
        Assert.NotNull(Text(view, "updatedAt"));
        var update = await stream.NextAsync();
        Assert.Equal("hub.update", update.EventType);
        Assert.NotEqual(id, update.EventId);
        var data = JsonSerializer.Deserialize<JsonElement>(update.Data);
        Assert.Equal((id, "Ferry at 7:10", false), (Text(data, "id"), Text(data, "title"), data.TryGetProperty("body", out _)));
    }

    [Fact]
    public async Task Retract_reaches_subscribers_and_leaves_only_a_tombstone()
    {
        var id = await _server.PublishAsync(new { topic = _topic, title = "Wrong price", externalId = Names.New("p") });
        using (var stream = await _server.OpenAsync($"?topic={_topic}"))
        {
            using var answer = await SendAsync(HttpMethod.Delete, id);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            var retract = await stream.NextAsync();
            Assert.Equal(("hub.retract", $$"""{"id":"{{id}}","reason":"retracted"}"""), (retract.EventType, retract.Data));
        }
        using (var again = await SendAsync(HttpMethod.Delete, id)) Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        using (var late = await SendAsync(HttpMethod.Patch, id, """{"title":"x"}""")) await ProblemAssert.IsAsync(late, HttpStatusCode.NotFound, "not-found");
        using var found = await _server.SendAsync(HttpMethod.Get, $"/api/notifications/{id}");
        var view = await found.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((_topic, JsonValueKind.Null, "retracted"), (view.GetProperty("topics")[0].GetString(), view.GetProperty("title").ValueKind, Text(view.GetProperty("retracted"), "reason")));
    }

    [Fact]
    public async Task Content_of_a_retracted_notification_is_erased_from_every_file()
    {
        string[] secrets = ["Xylophonquark", "bodyquagga", "dataokapi", "tagaxolotl", "collapsequokka"];
        var id = await _server.PublishAsync(new { topic = _topic, title = $"A {secrets[0]}", body = secrets[1], data = new { x = secrets[2] }, tags = new[] { secrets[3] }, collapseKey = secrets[4] });
        var folder = Path.GetDirectoryName(_server.Services.GetRequiredService<SqliteDataSource>().File)!;
        Assert.True(Holds(folder, secrets[0]));
        // The retention takes others out of the index in another way, which must not stay.
        var old = await _server.PublishAsync(new { topic = _topic, title = "An old quark" });
        await _server.Services.GetRequiredService<NotificationHub>().TrimAsync([Cursor.TryParse(old, out var cursor) ? cursor.Sequence : 0]);
        using var answer = await SendAsync(HttpMethod.Delete, id);
        foreach (var secret in secrets) await Eventually.TrueAsync(() => !Holds(folder, secret) && !Holds(folder, secret.ToLowerInvariant()));
        // The search goes on, and finds the others.
        var other = await _server.PublishAsync(new { topic = _topic, title = "Another quark" });
        using var search = await _server.SendAsync(HttpMethod.Get, "/api/notifications?q=quark");
        Assert.Contains(other, await search.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"topic":"other"}""", "topic_fixed")]
    [InlineData("""{"type":"other"}""", "type_fixed")]
    [InlineData("""{"private":true}""", "private_fixed")]
    [InlineData("""{"externalId":"x"}""", "externalId_fixed")]
    [InlineData("""{"title":null}""", "title_missing")]
    [InlineData("""{"expiresAt":"2020-01-01T00:00:00Z"}""", "expires_at_past")]
    [InlineData("""{"expiresAt":"tomorrow"}""", "expiresAt_wrong_kind")]
    [InlineData("[]", "not_an_object")]
    public async Task Invalid_patch_is_refused_with_its_rule(string patch, string rule)
    {
        var id = await _server.PublishAsync(new { topic = _topic, title = "T", url = "/x" });
        using var answer = await SendAsync(HttpMethod.Patch, id, patch);
        Assert.Contains(rule, await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task Change_with_a_key_that_may_not_manage_every_topic_returns_404()
    {
        var id = await _server.PublishAsync(new { topic = new[] { "mine", "theirs" }, title = "T" });
        using var http = await KeyAsync([Actions.Manage], "mine");
        using var patch = await http.PatchAsync(new Uri(_server.Address, $"/api/notifications/{id}"), new StringContent("{}", Encoding.UTF8, "application/json"), Cancellation);
        using var delete = await http.DeleteAsync(new Uri(_server.Address, $"/api/notifications/{id}"), Cancellation);
        using var none = await SendAsync(HttpMethod.Delete, "none-1");
        Assert.All([patch, delete, none], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    [Theory]
    [InlineData("application/json", """[{"topic":"§","title":"1"},{"topic":"§","title":"2"},{"topic":"§","title":"3"}]""")]
    [InlineData("application/x-ndjson", "{\"topic\":\"§\",\"title\":\"1\"}\n{\"topic\":\"§\",\"title\":\"2\"}\r\n\n{\"topic\":\"§\",\"title\":\"3\"}")]
    public async Task A_batch_is_stored_in_its_order(string contentType, string body)
    {
        using var stream = await _server.OpenAsync($"?topic={_topic}");
        using var answer = await _server.PostAsync(body.Replace("§", _topic, StringComparison.Ordinal), contentType);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var receipts = await answer.Content.ReadFromJsonAsync<JsonElement[]>(Cancellation);
        Assert.Equal(receipts!.Select(r => Text(r, "id")), (await stream.TakeAsync(3)).Select(item => item.EventId));
        Assert.Single(receipts!.Select(r => Text(r, "publishedAt")).Distinct());
    }

    [Fact]
    public async Task Batch_of_more_than_a_thousand_notifications_is_refused()
    {
        var one = """{"title":"x"}""";
        using (var most = await _server.PostAsync($"[{string.Join(',', Enumerable.Repeat(one, 1_000))}]")) Assert.Equal(HttpStatusCode.Created, most.StatusCode);
        using var more = await _server.PostAsync(string.Join('\n', Enumerable.Repeat(one, 1_001)), "application/x-ndjson");
        Assert.Equal(["batch_count"], await ProblemAssert.IsAsync(more, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task Requests_with_one_idempotency_key_are_executed_once_and_answered_alike()
    {
        // It is started again.
        await using var own = _server = Hubs.Start();
        var body = """{"topic":"t","title":"Paid"}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostOnceAsync("order-1", body)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        var other = await PostOnceAsync("order-1", """{"topic":"t","title":"Paid twice"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Contains("idempotency-key-reused", other.Body, StringComparison.Ordinal);
        await _server.RestartAsync();
        Assert.Equal(answers[0].Body, (await PostOnceAsync("order-1", body)).Body);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostOnceAsync(new string('x', 256), body)).Status);
    }

    [Fact]
    public async Task Conflict_over_an_external_id_names_the_existing_id_only_to_a_key_that_may_read()
    {
        var (mine, externalId) = (Names.New("mine"), Names.New("order"));
        var id = await _server.PublishAsync(new { topic = mine, title = "T", externalId });
        using var answer = await _server.PostAsync(JsonSerializer.Serialize(new { topic = mine, title = "T", externalId }));
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal((HttpStatusCode.Conflict, id), (answer.StatusCode, Text(JsonSerializer.Deserialize<JsonElement>(text), "existing")));
        using var http = await KeyAsync([Actions.Publish], mine);
        using var blind = await http.PostAsJsonAsync(new Uri(_server.Address, "/api/notifications"), new { topic = mine, title = "T", externalId }, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, blind.StatusCode);
        Assert.DoesNotContain(id, await blind.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scheduled_notification_can_be_listed_moved_and_cancelled_until_it_is_published()
    {
        using var stream = await _server.OpenAsync($"?topic={_topic}");
        var (first, second) = (await ScheduleAsync(days: 1), await ScheduleAsync(days: 2));
        Assert.Equal(new string?[] { first, second }, await WaitingAsync());
        using (var moved = await _server.SendAsync(HttpMethod.Delete, $"/api/scheduled/{second}")) Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        var soon = TimeText.Of(DateTimeOffset.UtcNow.AddMilliseconds(500));
        using (var moved = await _server.SendAsync(HttpMethod.Patch, $"/api/scheduled/{first}", new StringContent($$"""{"publishAt":"{{soon}}"}""", Encoding.UTF8, "application/json"))) Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        var fired = await stream.NextAsync();
        Assert.Contains("Later", fired.Data, StringComparison.Ordinal);
        Assert.Empty(await WaitingAsync());
        using var ended = await _server.SendAsync(HttpMethod.Get, $"/api/scheduled/{first}");
        var view = await ended.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(("fired", fired.EventId), (Text(view, "state"), Text(view, "notification")));
        using var late = await _server.SendAsync(HttpMethod.Delete, $"/api/scheduled/{first}");
        await ProblemAssert.IsAsync(late, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Invalid_publish_time_is_refused_with_its_rule()
    {
        using var past = await _server.PostAsync("""{"title":"T","publishAt":"2020-01-01T00:00:00Z"}""");
        Assert.Equal(["publish_at_past"], await ProblemAssert.IsAsync(past, HttpStatusCode.BadRequest, "invalid"));
        using var far = await _server.PostAsync("""{"title":"T","publishAt":"2999-01-01T00:00:00Z"}""");
        Assert.Equal(["publish_at_far"], await ProblemAssert.IsAsync(far, HttpStatusCode.BadRequest, "invalid"));
        using var zoneless = await _server.PostAsync("""{"title":"T","publishAt":"2099-01-01T00:00:00"}""");
        Assert.Equal(["publishAt_wrong_kind"], await ProblemAssert.IsAsync(zoneless, HttpStatusCode.BadRequest, "invalid"));
    }

    private static bool Holds(string folder, string text) => Directory.EnumerateFiles(folder, "hub.db*").Any(file => FileBytes.Hold(file, text));

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string id, string? body = null) =>
        _server.SendAsync(method, $"/api/notifications/{id}", body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<(HttpStatusCode Status, string Body)> PostOnceAsync(string key, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        content.Headers.Add("Idempotency-Key", key);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, "/api/notifications")) { Content = content };
        request.Headers.Authorization = Hubs.Bearer;
        using var answer = await _server.Http.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<string> ScheduleAsync(int days)
    {
        var when = TimeText.Of(DateTimeOffset.UtcNow.AddDays(days));
        using var answer = await _server.PostAsync($$"""{"topic":"{{_topic}}","title":"Later","publishAt":"{{when}}"}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var id = Text(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation), "id")!;
        Assert.EndsWith($"/api/scheduled/{id}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        return id;
    }

    private async Task<string?[]> WaitingAsync()
    {
        using var answer = await _server.SendAsync(HttpMethod.Get, "/api/scheduled");
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("scheduled").EnumerateArray().Where(s => Text(s, "topic") == _topic).Select(s => Text(s, "id"))];
    }

    private async Task<HttpClient> KeyAsync(string[] actions, string topic)
    {
        var key = ApiKeyText.Create();
        await _server.Services.GetRequiredService<IApiKeyStore>().AddAsync(new("some key", ApiKeyText.Hash(key), ApiKeyOrigins.Operator, actions, [topic]), new(AuditActions.KeyCreated, "test"));
        var http = HubServer.NewHttp();
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return http;
    }
}
