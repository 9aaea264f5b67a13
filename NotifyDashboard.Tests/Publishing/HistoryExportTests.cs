using System.Net;
using System.Text;
using System.Text.Json;
using CsvHelper;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Publishing;

public sealed class HistoryExportTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HubServer _server = shared.Hub;

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("ndjson", "application/x-ndjson")]
    public async Task Export_has_everything_that_matches_newest_first_as_a_file_however_many_pages(string format, string mediaType)
    {
        await _server.PublishAsync(450, i => new() { Title = $"{i}", Topics = [$"export/{format}"] });
        await _server.PublishAsync(new { title = "other", topic = "elsewhere" });
        using var response = await _server.SendAsync(HttpMethod.Get, $"/api/notifications/export?format={format}&topic=export/{format}");
        Assert.Equal((HttpStatusCode.OK, mediaType), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Matches($@"^notifications-[\d-]+\.{format}$", response.Content.Headers.ContentDisposition?.FileName);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, 450).Reverse().Select(i => $"{i}"), format == "csv" ? Column(text, "title") : Lines(text).Select(line => line.GetProperty("title").GetString()));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"https://evil.example\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    public async Task Csv_shows_a_text_that_begins_like_a_formula_as_text(string title)
    {
        var topic = $"formula/{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(title))}";
        await _server.PublishAsync(new { title, body = "a \"quoted\", text\nin two lines", topic });
        var text = await ExportAsync($"format=csv&topic={topic}");
        Assert.Equal(["'" + title], Column(text, "title"));
        Assert.Equal(["a \"quoted\", text\nin two lines"], Column(text, "body"));
    }

    [Fact]
    public async Task Csv_quotes_every_text_because_other_separators_than_the_comma_are_read_too()
    {
        await _server.PublishAsync(new { title = "x;=1+1", topic = "semicolon" });
        Assert.Contains(",\"x;=1+1\",", await ExportAsync("format=csv&topic=semicolon"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_begins_with_the_mark_by_which_spreadsheets_know_UTF_8()
    {
        await _server.PublishAsync(new { title = "Malmö 🎉", topic = "utf8" });
        using var response = await _server.SendAsync(HttpMethod.Get, "/api/notifications/export?format=csv&topic=utf8");
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.Equal(["Malmö 🎉"], Column(Encoding.UTF8.GetString(bytes[3..]), "title"));
    }

    [Fact]
    public async Task A_line_of_NDJSON_is_the_notification_as_the_API_reads_it()
    {
        var id = await _server.PublishAsync(new { title = "T", topic = new[] { "line/1", "line/2" }, data = new { n = 1 }, tags = new[] { "a" } });
        using var one = await _server.SendAsync(HttpMethod.Get, $"/api/notifications/{id}");
        Assert.Equal(await one.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), (await ExportAsync("format=ndjson&topic=line/1")).TrimEnd('\n'));
    }

    [Fact]
    public async Task Export_of_nothing_has_the_names_of_the_columns_alone()
    {
        Assert.Equal("", await ExportAsync("format=ndjson&topic=nothing"));
        Assert.StartsWith("\"id\",\"publishedAt\",", (await ExportAsync("format=csv&topic=nothing")).TrimStart('\uFEFF').Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "format_unknown")]
    [InlineData("format=xls", "format_unknown")]
    [InlineData("format=csv&from=yesterday", "from_invalid")]
    public async Task Export_with_a_wrong_parameter_is_refused(string query, string rule)
    {
        using var response = await _server.SendAsync(HttpMethod.Get, "/api/notifications/export?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Content.Headers.ContentDisposition);
        Assert.Contains(rule, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_is_refused_while_the_words_are_indexed_and_broken_off_when_the_store_fails_in_between()
    {
        await using var server = Hubs.StartWithFaultyLog(out var log);
        await server.PublishAsync(450, i => new() { Title = $"{i}", Topics = ["t"] });
        log().IsRebuilding = true;
        using (var refused = await server.SendAsync(HttpMethod.Get, "/api/notifications/export?format=csv&q=1")) Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        log().IsRebuilding = false;
        var reads = 0;
        log().OnReadNewest = () => ++reads == 3 ? throw new StoreUnavailableException("gone") : Task.CompletedTask;
        await Assert.ThrowsAsync<HttpRequestException>(() => server.SendAsync(HttpMethod.Get, "/api/notifications/export?format=ndjson&topic=t"));
    }

    private async Task<string> ExportAsync(string query)
    {
        using var response = await _server.SendAsync(HttpMethod.Get, "/api/notifications/export?" + query);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<JsonElement> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line));

    private static List<string> Column(string csv, string name)
    {
        using var reader = CsvReader.FromText(csv.TrimStart('\uFEFF'));
        List<string> values = [];
        while (reader.Read()) values.Add(reader.GetString(name));
        return values;
    }
}
