using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Publishing;

/// <summary>Nothing in here is ever stored, so that one server serves all.</summary>
public sealed class PublishErrorTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HubServer _server = shared.Hub;

    [Theory]
    [InlineData("""{"titel":"x"}""", "field_unknown", "nothing_to_say")]
    [InlineData("""{"title":5}""", "title_wrong_kind")]
    [InlineData("""{"title":"x","body":{}}""", "body_wrong_kind")]
    [InlineData("""{"title":"x","topic":5}""", "topic_wrong_kind")]
    [InlineData("""{"title":"x","topic":[5]}""", "topic_wrong_kind")]
    [InlineData("""{"title":"x","topic":[]}""", "topic_missing")]
    [InlineData("""{"title":"x","private":"yes"}""", "private_wrong_kind")]
    [InlineData("""{"title":"x","private":null}""", "private_wrong_kind")]
    [InlineData("""{"title":"x","topic":null}""", "topic_wrong_kind")]
    [InlineData("""{"title":"x","":1}""", "field_unknown")]
    [InlineData("""{"title":"x","tags":"a"}""", "tags_wrong_kind")]
    [InlineData("""{"title":"x","tags":[null]}""", "tags_wrong_kind")]
    [InlineData("""{"title":"x","actions":{}}""", "actions_wrong_kind")]
    [InlineData("""{"title":"x","actions":[{"label":"x"}]}""", "actions_wrong_kind")]
    [InlineData("""{"title":"x","retry":1.5}""", "retry_wrong_kind")]
    [InlineData("""{"title":"x","retry":-1}""", "retry_wrong_kind")]
    [InlineData("""{"title":"x","retry":99999999999}""", "retry_wrong_kind")]
    [InlineData("""{"title":"x","type":"hub.bye","url":"javascript:x"}""", "type_reserved", "url_invalid")]
    [InlineData("""{"title":"\ud800"}""", "title_wrong_kind")]
    [InlineData("""{"data":"\ud800"}""", "data_wrong_kind")]
    [InlineData("""{"data":{"a":"\ud800"}}""", "data_wrong_kind")]
    [InlineData("""{"data":{"\udc00":1}}""", "not_json")]
    [InlineData("""{"title":"x","actions":[{"label":"\ud800","url":"/"}]}""", "actions_wrong_kind")]
    [InlineData("""{"title":"x","title":"y"}""", "not_json")]
    [InlineData("""{"data":{"a":1,"a":2}}""", "not_json")]
    [InlineData("""{"title":"x","\ud800":1}""", "not_json")]
    [InlineData("""{"title":"x",}""", "not_json")]
    [InlineData("""{"title":"x"} {}""", "not_json")]
    [InlineData("not json", "not_json")]
    [InlineData("", "not_json")]
    [InlineData("[]", "batch_count")]
    [InlineData("\"x\"", "not_an_object")]
    [InlineData("null", "not_an_object")]
    public async Task Invalid_publish_is_refused_with_every_broken_rule_and_stores_nothing(string body, params string[] rules)
    {
        using var response = await _server.PostAsync(body);
        Assert.Equal(rules, await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
        Assert.Equal(0, await StoredAsync());
    }

    [Theory]
    [InlineData("{\"title\":\"\u00ff\"}", "not_json")]
    [InlineData("{\"data\":{\"a\":\"\u00ff\"}}", "not_json")]
    [InlineData("{\"data\":{\"\u00ff\":1}}", "not_json")]
    [InlineData("{\"title\":\"x\",\"\u00ff\":1}", "not_json")]
    public async Task JSON_with_bytes_that_are_not_UTF_8_is_refused_with_a_problem(string latin, string rule)
    {
        using var content = new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(latin));
        content.Headers.ContentType = new("application/json");
        using var response = await _server.SendAsync(HttpMethod.Post, "/api/notifications", content);
        Assert.Equal([rule], await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
        Assert.Equal(0, await StoredAsync());
    }

    [Theory]
    [InlineData("?private=true")]
    [InlineData("?topic=users/alice")]
    [InlineData("?x=1&private")]
    public async Task Publish_with_a_field_in_the_query_string_is_refused(string query)
    {
        using var content = new StringContent("""{"title":"x"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await _server.SendAsync(HttpMethod.Post, "/api/notifications" + query, content);
        Assert.Equal(["field_in_address"], await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
        Assert.Equal(0, await StoredAsync());
    }

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("text/html")]
    public async Task Publish_error_is_a_problem_whatever_the_Accept_header_says(string accept)
    {
        using var content = new StringContent("""{"type":"hub.x","title":"x"}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await _server.SendAsync(HttpMethod.Post, "/api/notifications", content, accept: accept);
        Assert.Equal(["type_reserved"], await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
    }

    [Theory]
    [InlineData(512 * 1024)]
    [InlineData(3 * 1024 * 1024)]
    public async Task A_body_that_is_too_large_is_refused(int size)
    {
        using var content = new StringContent($$"""{"title":"x","body":"{{new string('x', size)}}"}""", System.Text.Encoding.UTF8, "application/json");
        // Asks before it sends, or the refusal could meet a client that is still sending.
        using var response = await _server.SendAsync(HttpMethod.Post, "/api/notifications", content, expectContinue: true);
        await ProblemAssert.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, "too-large");
        Assert.Equal(0, await StoredAsync());
    }

    [Fact]
    public async Task Body_over_the_size_limit_is_refused_before_it_is_parsed()
    {
        using var response = await _server.PostAsync("{ no JSON" + new string('x', 600_000));
        await ProblemAssert.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("""{"title":"x","tags":[§]}""", "1")]
    [InlineData("""{"title":"x","actions":[§]}""", "1")]
    [InlineData("""{"title":"x","actions":[§]}""", """{"label":"","url":""}""")]
    public async Task Body_with_thousands_of_errors_returns_at_most_sixty(string body, string wrong)
    {
        using var response = await _server.PostAsync(body.Replace("§", string.Join(',', Enumerable.Repeat(wrong, 20_000)), StringComparison.Ordinal));
        Assert.InRange((await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid")).Length, 1, 60);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task Another_content_type_is_refused(string contentType)
    {
        using var response = await _server.PostAsync("""{"title":"x"}""", contentType);
        await ProblemAssert.IsAsync(response, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    private async Task<int> StoredAsync()
    {
        using var response = await _server.SendAsync(HttpMethod.Get, "/api/notifications");
        var page = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return page.GetProperty("notifications").GetArrayLength();
    }
}
