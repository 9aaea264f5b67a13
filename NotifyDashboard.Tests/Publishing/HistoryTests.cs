using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Publishing;

public sealed class HistoryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HubServer _server = shared.Hub;

    [Fact]
    public async Task Pages_follow_next_to_the_end_without_hole_or_overlap()
    {
        await _server.PublishAsync(7, i => new() { Title = $"{i}", Topics = ["pages"] });
        var (titles, sizes, next) = (new List<string>(), new List<int>(), "");
        do
        {
            var page = await GetAsync($"?topic=pages&limit=3{(next.Length > 0 ? "&before=" + next : "")}");
            sizes.Add(page.GetProperty("notifications").GetArrayLength());
            titles.AddRange(Titles(page));
            next = page.GetProperty("next").GetString() ?? "";
        }
        while (next.Length > 0);
        Assert.Equal(["7", "6", "5", "4", "3", "2", "1"], titles);
        Assert.Equal([3, 3, 1], sizes);
        Assert.Equal(JsonValueKind.Null, (await GetAsync("?topic=pages&limit=7")).GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task History_can_be_filtered_by_topic_type_and_severity()
    {
        await _server.PublishAsync(new { title = "1", topic = "a", type = "order", severity = "warning" });
        await _server.PublishAsync(new { title = "2", topic = new[] { "b", "a" }, type = "order" });
        await _server.PublishAsync(new { title = "3", topic = "c", severity = "warning" });
        Assert.Equal(["2", "1"], Titles(await GetAsync("?topic=a")));
        Assert.Equal(["3", "2", "1"], Titles(await GetAsync("?topic=a&topic=c")));
        Assert.Equal(["2", "1"], Titles(await GetAsync("?type=order")));
        Assert.Equal(["1"], Titles(await GetAsync("?type=order&severity=warning")));
        Assert.Empty(Titles(await GetAsync("?topic=z")));
    }

    [Fact]
    public async Task History_can_be_filtered_by_words_pattern_and_time()
    {
        await _server.PublishAsync(new { title = "Parcel left Gothenburg", topic = "search/1" });
        await _server.PublishAsync(new { title = "Ferry", topic = "search/2" });
        Assert.Equal(["Parcel left Gothenburg"], Titles(await GetAsync("?q=goth+parc&match=search/*")));
        Assert.Equal(["Ferry", "Parcel left Gothenburg"], Titles(await GetAsync("?match=search/:id")));
        Assert.Equal(["Ferry", "Parcel left Gothenburg"], Titles(await GetAsync("?match=search/*&from=2020-01-01T00:00:00Z&to=2999-01-01T00:00Z")));
        Assert.Empty(Titles(await GetAsync("?match=search/*&to=2020-01-01T00:00:00Z")));
        // An unescaped plus sign of a query arrives as a blank.
        Assert.Equal(["Ferry", "Parcel left Gothenburg"], Titles(await GetAsync("?match=search/*&from=2020-01-01T00:00:00+02:00&to=2999-01-01T00:00:00%2B02:00")));
    }

    [Theory]
    [InlineData("STRASSENB", "Straßenbahn 🎉")]
    [InlineData("straßenbahn", "Straßenbahn 🎉")]
    [InlineData("🎉", "Straßenbahn 🎉")]
    [InlineData("🥳", null)]
    public async Task Search_ignores_case_and_folds_letters(string words, string? found)
    {
        await _server.PublishAsync(new { title = "Straßenbahn 🎉", topic = $"folding/{words}" });
        var page = await GetAsync($"?q={Uri.EscapeDataString(words)}&topic={Uri.EscapeDataString($"folding/{words}")}");
        Assert.Equal(found, Titles(page).SingleOrDefault());
        Assert.False(page.TryGetProperty("incomplete", out _));
    }

    [Fact]
    public async Task Search_with_a_damaged_index_returns_503_and_reads_and_publishes_still_work()
    {
        await using var hub = Hubs.Start();
        await hub.PublishAsync(new { title = "Parcel", topic = "t" });
        using (var found = await hub.SendAsync(HttpMethod.Get, "/api/notifications?q=parcel")) Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        // Damaged, it refuses at once; one that is locked would do so after the five seconds that a search waits.
        using var damaging = new SqliteConnection($"Data Source={hub.Services.GetRequiredService<SqliteDataSource>().SearchFile};Pooling=False");
        damaging.Open();
        damaging.Execute("DROP TABLE words_data");
        using var refused = await hub.SendAsync(HttpMethod.Get, "/api/notifications?q=parcel");
        await ProblemAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Contains("without q", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await hub.PublishAsync(new { title = "Ferry", topic = "t" });
        using var read = await hub.SendAsync(HttpMethod.Get, "/api/notifications?topic=t");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Theory]
    [InlineData("?match=a*b&from=yesterday&to=x", "match_invalid", "from_invalid", "to_invalid")]
    [InlineData("?from=2020-01-01&to=2020-01-01T00:00:00", "from_invalid", "to_invalid")]
    [InlineData("?from=&to=01/31/2026", "from_invalid", "to_invalid")]
    [InlineData("?limit=0", "limit_invalid")]
    [InlineData("?limit=201", "limit_invalid")]
    [InlineData("?limit=x&before=x&severity=x&topic=", "topic_invalid", "severity_unknown", "before_invalid", "limit_invalid")]
    public async Task Invalid_history_query_is_refused_with_every_broken_rule(string query, params string[] rules)
    {
        using var response = await _server.SendAsync(HttpMethod.Get, "/api/notifications" + query);
        Assert.Equal(rules, await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("other-1")]
    public async Task Unknown_notification_id_returns_404(string id)
    {
        await _server.PublishAsync(new { title = "1" });
        using var response = await _server.SendAsync(HttpMethod.Get, "/api/notifications/" + id);
        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "not-found");
    }

    private static string[] Titles(JsonElement page) => [.. page.GetProperty("notifications").EnumerateArray().Select(n => n.GetProperty("title").GetString()!)];

    private async Task<JsonElement> GetAsync(string query)
    {
        using var response = await _server.SendAsync(HttpMethod.Get, "/api/notifications" + query);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
