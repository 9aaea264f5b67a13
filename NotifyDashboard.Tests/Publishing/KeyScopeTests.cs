using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Publishing;

/// <summary>What a key's rights do not cover neither hinders it nor is told to it, and it changes nothing there.</summary>
public sealed class KeyScopeTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly string _mine = Names.New("mine"), _theirs = Names.New("theirs"), _word = Names.New("word");
    private readonly HubServer _server = shared.Hub;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_sees_its_scheduled_notification_behind_a_thousand_on_other_topics()
    {
        var (hub, soon) = (_server.Services.GetRequiredService<NotificationHub>(), DateTimeOffset.UtcNow.AddHours(1));
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => hub.ScheduleAsync(Drafts.Text($"{i}", _theirs), soon, "tester", cancellation: Cancellation)));
        var last = await hub.ScheduleAsync(Drafts.Text("mine", _mine), soon.AddHours(1), "tester", cancellation: Cancellation);
        var page = await ReadAsync(await SendAsync(await KeyAsync([Actions.Read], _mine), HttpMethod.Get, "/api/scheduled"));
        Assert.Equal([last.Id], page.GetProperty("scheduled").EnumerateArray().Select(row => Text(row, "id")));
        var all = await ReadAsync(await SendAsync(await KeyAsync([Actions.Read], "*"), HttpMethod.Get, "/api/scheduled"));
        Assert.Equal(1_000, all.GetProperty("scheduled").GetArrayLength());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task External_id_is_free_when_used_outside_the_topics_of_the_key_and_taken_within_them(bool waits)
    {
        var theirs = await IdAsync(await PublishAsync(Hubs.ApiKey, _theirs, waits));
        var (key, reader) = (await KeyAsync([Actions.Publish], _mine), await KeyAsync([Actions.Publish, Actions.Read], _mine));
        var mine = await IdAsync(await PublishAsync(key, _mine, waits));
        using (var again = await PublishAsync(reader, _mine)) Assert.Equal((HttpStatusCode.Conflict, mine), (again.StatusCode, Text(await ReadAsync(again), "existing")));
        // A key whose topics have both finds either.
        using (var both = await PublishAsync(Hubs.ApiKey, Names.New("third"))) Assert.Equal((HttpStatusCode.Conflict, true), (both.StatusCode, Text(await ReadAsync(both), "existing") is { } id && (id == theirs || id == mine)));
    }

    [Fact]
    public async Task Batch_and_its_idempotent_repeat_ignore_external_ids_outside_the_topics_of_the_key()
    {
        await IdAsync(await PublishAsync(Hubs.ApiKey, _theirs));
        var key = await KeyAsync([Actions.Publish], _mine);
        var batch = new object[] { new { topic = _mine, title = "1", externalId = _word }, new { topic = _mine, title = "2" } };
        var receipts = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await SendAsync(key, HttpMethod.Post, "/api/notifications", batch, once: _word);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            receipts.Add(await answer.Content.ReadAsStringAsync(Cancellation));
        }
        Assert.Single(receipts.Distinct());
        using var other = await SendAsync(key, HttpMethod.Post, "/api/notifications", batch);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_collapse_key_replaces_what_the_key_published_or_may_manage_and_nothing_else(bool later)
    {
        var theirs = await IdAsync(await CollapseAsync(Hubs.ApiKey));
        var publishes = await KeyAsync([Actions.Publish], _mine);
        var first = await CollapsedAsync(publishes, later);
        var second = await CollapsedAsync(publishes, later);
        Assert.Equal([null, "collapsed", null], await ReasonsAsync(theirs, first, second));
        var third = await CollapsedAsync(await KeyAsync([Actions.Publish, Actions.Manage], _mine), later);
        Assert.Equal(["collapsed", "collapsed", "collapsed", null], await ReasonsAsync(theirs, first, second, third));
    }

    [Fact]
    public async Task Changing_without_the_right_to_read_answers_with_the_id_and_the_time_alone()
    {
        var id = await _server.PublishAsync(new { topic = _mine, title = "T", body = "Not for this key" });
        var key = await KeyAsync([Actions.Manage], _mine);
        var changed = await ReadAsync(await SendAsync(key, HttpMethod.Patch, $"/api/notifications/{id}", new { title = "U" }));
        Assert.Equal(["id", "updatedAt"], changed.EnumerateObject().Select(p => p.Name));
        Assert.Equal(id, Text(changed, "id"));
        Assert.Equal("Not for this key", Text(await ReadAsync(await SendAsync(await KeyAsync([Actions.Manage, Actions.Read], _mine), HttpMethod.Patch, $"/api/notifications/{id}", new { title = "V" })), "body"));

        var scheduled = await IdAsync(await PublishAsync(Hubs.ApiKey, _mine, waits: true));
        var at = TimeText.Of(DateTimeOffset.UtcNow.AddDays(2));
        var moved = await ReadAsync(await SendAsync(key, HttpMethod.Patch, $"/api/scheduled/{scheduled}", new { publishAt = at }));
        Assert.Equal(["id", "publishAt"], moved.EnumerateObject().Select(p => p.Name));
        Assert.Equal((scheduled, at), (Text(moved, "id"), Text(moved, "publishAt")));
        Assert.Equal("T", Text(await ReadAsync(await SendAsync(Hubs.ApiKey, HttpMethod.Patch, $"/api/scheduled/{scheduled}", new { publishAt = at })), "title"));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static Task<JsonElement> ReadAsync(HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

    private static async Task<string> IdAsync(HttpResponseMessage answer)
    {
        using (answer) return Text(await ReadAsync(answer.EnsureSuccessStatusCode()), "id")!;
    }

    private Task<HttpResponseMessage> PublishAsync(string key, string topic, bool waits = false) => SendAsync(key, HttpMethod.Post, "/api/notifications",
        waits ? new { topic, title = "T", externalId = _word, publishAt = TimeText.Of(DateTimeOffset.UtcNow.AddDays(1)) } : new { topic, title = "T", externalId = _word });

    private Task<HttpResponseMessage> CollapseAsync(string key, DateTimeOffset? at = null) => SendAsync(key, HttpMethod.Post, "/api/notifications",
        at is { } time ? new { topic = _mine, title = "T", collapseKey = _word, publishAt = TimeText.Of(time) } : new { topic = _mine, title = "T", collapseKey = _word });

    /// <returns>The id of what was published, at once or by the schedule.</returns>
    private async Task<string> CollapsedAsync(string key, bool later)
    {
        var id = await IdAsync(await CollapseAsync(key, later ? DateTimeOffset.UtcNow.AddMilliseconds(300) : null));
        if (!later) return id;
        string? fired = null;
        await Eventually.TrueAsync(async () => (fired = Text(await ReadAsync(await SendAsync(Hubs.ApiKey, HttpMethod.Get, $"/api/scheduled/{id}")), "notification")) is not null);
        return fired!;
    }

    private async Task<IEnumerable<string?>> ReasonsAsync(params string[] ids) => await Task.WhenAll(ids.Select(async id =>
        (await ReadAsync(await SendAsync(Hubs.ApiKey, HttpMethod.Get, $"/api/notifications/{id}"))).GetProperty("retracted") is { ValueKind: JsonValueKind.Object } over ? Text(over, "reason") : null));

    private async Task<string> KeyAsync(string[] actions, string topic)
    {
        var key = ApiKeyText.Create();
        await _server.Services.GetRequiredService<IApiKeyStore>().AddAsync(new(string.Join('-', actions), ApiKeyText.Hash(key), ApiKeyOrigins.Operator, actions, [topic]), new(AuditActions.KeyCreated, "test"));
        return key;
    }

    private async Task<HttpResponseMessage> SendAsync(string key, HttpMethod method, string path, object? body = null, string? once = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_server.Address, path)) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        request.Headers.Authorization = new("Bearer", key);
        if (once is not null) request.Headers.Add("Idempotency-Key", once);
        return await _server.Http.SendAsync(request, Cancellation);
    }
}
