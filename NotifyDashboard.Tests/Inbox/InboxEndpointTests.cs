using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Inbox;

public sealed class InboxEndpointTests(SharedTokenServer shared) : IClassFixture<SharedTokenServer>, IAsyncLifetime
{
    private readonly string _alice = Names.New("alice");
    private HubServer _hub = shared.Hub;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string OwnTopic => $"users/{_alice}";

    // Whoever comes for the first time finds what was shared before as read.
    public async ValueTask InitializeAsync() => await GetAsync("/counts");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Inbox_lists_notifications_with_their_marks_and_counts()
    {
        // Nothing else may be in it.
        await using var hub = _hub = Hubs.Start(Jwt.Pairs);
        await GetAsync("/counts");
        var id = await _hub.PublishAsync(new { topic = OwnTopic, @private = true, title = "Paid", body = "all of it", severity = "success", url = "/orders/7", data = new { amount = 3 } });
        var newest = await _hub.PublishAsync(new { title = "Hello" });
        var inbox = await GetAsync("");
        var (item, counts) = (inbox.GetProperty("items")[1], inbox.GetProperty("counts"));
        Assert.Equal((id, "Paid", "success", 3), (Text(item, "id"), Text(item, "title"), Text(item, "severity"), item.GetProperty("data").GetProperty("amount").GetInt32()));
        Assert.Equal("False False False False", string.Join(' ', new[] { "seen", "read", "archived", "muted" }.Select(name => item.GetProperty(name).GetBoolean())));
        Assert.False(item.TryGetProperty("publishedBy", out _));
        Assert.Equal((newest, 2, 2, 1), (Text(counts, "countsAt"), Number(counts, "unseen"), Number(counts, "unread"), Number(counts.GetProperty("topics").GetProperty(OwnTopic), "unread")));
        Assert.Equal(JsonValueKind.Null, inbox.GetProperty("next").ValueKind);
        var first = await GetAsync("?limit=1");
        Assert.Equal(id, Text((await GetAsync("?limit=1&before=" + Text(first, "next"))).GetProperty("items")[0], "id"));
    }

    [Fact]
    public async Task Every_mark_returns_the_new_counts_and_a_repeat_changes_nothing()
    {
        var id = await _hub.PublishAsync(new { title = "One" });
        var second = await _hub.PublishAsync(new { title = "Two" });
        foreach (var (mark, body, unseen, unread) in new (string, object, int, int)[]
        {
            ("seen", new { upTo = id }, 1, 2), ("read", new { ids = new[] { id } }, 1, 1), ("unread", new { ids = new[] { id } }, 1, 2), ("archive", new { ids = new[] { id } }, 1, 1),
            ("unarchive", new { ids = new[] { id } }, 1, 2), ("snooze", new { ids = new[] { id }, until = DateTimeOffset.UtcNow.AddHours(1).ToString("O") }, 1, 1), ("read", new { upTo = second }, 0, 0),
        })
        {
            for (var i = 0; i < 2; i++)
            {
                using var answer = await PostAsync(mark, body);
                var counts = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation);
                Assert.Equal((mark, unseen, unread), (mark, Number(counts, "unseen"), Number(counts, "unread")));
            }
        }
    }

    [Fact]
    public async Task Marks_and_counts_can_be_limited_to_topics()
    {
        await _hub.PublishAsync(new { topic = new[] { "broadcast", OwnTopic }, title = "Both" });
        await _hub.PublishAsync(new { topic = OwnTopic, title = "Hers" });
        var last = await _hub.PublishAsync(new { title = "All" });
        Assert.Equal(2, Number(await GetAsync($"/counts?topic={OwnTopic}"), "unseen"));
        Assert.Equal(3, Number(await GetAsync($"/counts?topic={OwnTopic}&topic=broadcast&topic=users/bob"), "unseen"));
        Assert.Equal(0, Number(await GetAsync("/counts?topic=users/bob"), "unseen"));
        using var answer = await PostAsync("read", new { upTo = last, topics = new[] { "broadcast", "users/bob" } });
        var counts = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((1, 1), (Number(counts, "unseen"), Number(counts, "unread")));
        Assert.Equal((0, 1), (Number(counts.GetProperty("topics").GetProperty("broadcast"), "unread"), Number(counts.GetProperty("topics").GetProperty(OwnTopic), "unread")));
    }

    [Theory]
    [InlineData("read", "{}", "nothing_marked")]
    [InlineData("read", """{"ids":["a-1"],"topics":["a"]}""", "topics_not_taken")]
    [InlineData("seen", """{"upTo":"a-1","topics":[]}""", "topics_invalid")]
    [InlineData("archive", """{"upTo":"a-1"}""", "up_to_not_taken")]
    [InlineData("read", """{"upTo":"zzzz-1"}""", "up_to_invalid")]
    [InlineData("seen", """{"ids":["x"]}""", "id_invalid")]
    [InlineData("seen", """{"ids":[null]}""", "id_invalid")]
    [InlineData("snooze", """{"ids":["a-1"],"until":"2020-01-01T00:00:00Z"}""", "until_invalid")]
    [InlineData("snooze", """{"ids":["a-1"],"until":"2199-01-01T00:00:00"}""", "until_invalid")]
    [InlineData("snooze", """{"ids":["a-1"]}""", "until_invalid")]
    [InlineData("read", """{"ids":["a-1"],"until":"2199-01-01T00:00:00Z"}""", "until_not_taken")]
    [InlineData("snooze", """{"ids":["a-1"],"until":"2199-01-01T00:00:00Z","forSeconds":60}""", "until_and_for_seconds")]
    [InlineData("snooze", """{"ids":["a-1"],"forSeconds":0}""", "for_seconds_invalid")]
    [InlineData("snooze", """{"ids":["a-1"],"forSeconds":-1}""", "for_seconds_invalid")]
    [InlineData("snooze", """{"ids":["a-1"],"forSeconds":31622401}""", "for_seconds_invalid")]
    [InlineData("snooze", """{"ids":["a-1"],"forSeconds":99999999999999999999}""", "for_seconds_invalid")]
    [InlineData("snooze", """{"ids":["a-1"],"forSeconds":1.5}""", "for_seconds_invalid")]
    [InlineData("snooze", """{"ids":["a-1"],"forSeconds":"60"}""", "for_seconds_invalid")]
    [InlineData("archive", """{"ids":["a-1"],"forSeconds":60}""", "for_seconds_not_taken")]
    public async Task Invalid_mark_is_refused_with_its_rule(string mark, string body, string rule)
    {
        using var answer = await _hub.SendAsync(HttpMethod.Post, "/api/inbox/" + mark, Jwt.Of(_alice), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Contains(rule, await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task A_snooze_for_seconds_ends_that_long_after_the_hubs_own_clock()
    {
        var time = new SettableTime();
        await using var hub = Hubs.Start(time, Jwt.Pairs);
        foreach (var seconds in new[] { 1, 3600, 366 * 24 * 3600 })
        {
            var sub = Names.New("alice");
            Assert.Equal(0, await UnreadAsync(sub));
            var id = await hub.PublishAsync(new { title = "One" });
            using (var answer = await hub.SendAsync(HttpMethod.Post, "/api/inbox/snooze", Token(sub), JsonContent.Create(new { ids = new[] { id }, forSeconds = seconds }))) answer.EnsureSuccessStatusCode();
            time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Equal((seconds, 0), (seconds, await UnreadAsync(sub)));
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal((seconds, 1), (seconds, await UnreadAsync(sub)));
        }

        string Token(string sub) => Jwt.Of(sub, now: time.GetUtcNow());

        async Task<int> UnreadAsync(string sub)
        {
            using var answer = await hub.SendAsync(HttpMethod.Get, "/api/inbox/counts", Token(sub));
            return Number(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation), "unread");
        }
    }

    [Theory]
    [InlineData("?tab=none", "tab_unknown")]
    [InlineData("?before=x", "before_invalid")]
    [InlineData("?limit=0", "limit_invalid")]
    [InlineData("?limit=101", "limit_invalid")]
    public async Task Invalid_inbox_page_is_refused_with_its_rule(string query, string rule)
    {
        using var answer = await _hub.SendAsync(HttpMethod.Get, "/api/inbox" + query, Jwt.Of(_alice));
        Assert.Contains(rule, await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task Preferences_are_kept_and_omitted_fields_return_to_their_defaults()
    {
        var set = new { muted = new { topics = new[] { "broadcast" }, types = new[] { "ping" } }, quietHours = new { from = "22:00", to = "07:00", timeZone = "Europe/Berlin" }, criticalBreaksThrough = false };
        using (var answer = await PutAsync(JsonSerializer.Serialize(set))) answer.EnsureSuccessStatusCode();
        Assert.Equal(JsonSerializer.Serialize(set), (await GetAsync("/preferences")).GetRawText());
        using (var answer = await PutAsync("{}")) answer.EnsureSuccessStatusCode();
        Assert.Equal("""{"muted":{"topics":[],"types":[]},"quietHours":null,"criticalBreaksThrough":true}""", (await GetAsync("/preferences")).GetRawText());
    }

    [Theory]
    [InlineData("""{"muted":{"topics":[""]}}""", "topic_invalid")]
    [InlineData("""{"muted":{"types":["a b",null]}}""", "type_invalid")]
    [InlineData("""{"quietHours":{"from":"22:00","to":"22:00","timeZone":"UTC"}}""", "quiet_hours_invalid")]
    [InlineData("""{"quietHours":{"from":"7","to":"22:00","timeZone":"UTC"}}""", "quiet_hours_invalid")]
    [InlineData("""{"quietHours":{"from":"07:00","to":"22:00","timeZone":"Mars/Olympus"}}""", "time_zone_unknown")]
    [InlineData("""{"quietHours":{"from":"07:00","to":"22:00"}}""", "time_zone_unknown")]
    public async Task Invalid_preferences_are_refused_with_their_rule(string body, string rule)
    {
        using var answer = await PutAsync(body);
        Assert.Contains(rule, await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task Read_mark_ignores_unknown_ids()
    {
        var id = await _hub.PublishAsync(new { title = "One" });
        using var answer = await PostAsync("read", new { ids = new[] { id, "zzzz-1", id.Split('-')[0] + "-999" } });
        Assert.Equal(0, Number(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation), "unread"));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _hub.SendAsync(HttpMethod.Get, "/api/inbox" + path, Jwt.Of(_alice));
        Assert.True(answer.EnsureSuccessStatusCode().Headers.CacheControl!.NoStore);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private Task<HttpResponseMessage> PutAsync(string body) => _hub.SendAsync(HttpMethod.Put, "/api/inbox/preferences", Jwt.Of(_alice), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

    private async Task<HttpResponseMessage> PostAsync(string mark, object body) => await _hub.SendAsync(HttpMethod.Post, "/api/inbox/" + mark, Jwt.Of(_alice), JsonContent.Create(body));
}
