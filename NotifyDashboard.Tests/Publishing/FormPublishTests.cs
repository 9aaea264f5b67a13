using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Publishing;

public sealed class FormPublishTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HubServer _server = shared.Hub;

    [Fact]
    public async Task A_form_without_an_authorization_header_is_refused()
    {
        using var response = await PostAsync("type=ping&data=x", withKey: false);
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.UnsupportedMediaType, HttpStatusCode.Unauthorized });
        await ProblemAssert.IsAsync(response, response.StatusCode, response.StatusCode == HttpStatusCode.Unauthorized ? "unauthorized" : "unsupported-media-type");
    }

    [Fact]
    public async Task A_form_publishes_every_field_but_actions()
    {
        using var stream = await _server.OpenAsync("?topic=a&envelope=1");
        using var response = await PostAsync("topic=a&topic=b&type=ping&title=T&body=B&severity=warning&url=/u&icon=/i&tags=x&tags=y&data=%27D%27&retry=5000&private=false");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var item = await stream.NextAsync();
        Assert.Equal(TimeSpan.FromSeconds(5), item.ReconnectionInterval);
        var json = StreamReading.Json(item);
        Assert.Equal(
            """{"type":"ping","topics":["a","b"],"title":"T","body":"B","severity":"warning","url":"/u","icon":"/i","tags":["x","y"]""",
            "{" + json.GetRawText()[(json.GetRawText().IndexOf(',') + 1)..json.GetRawText().IndexOf(",\"publishedAt\"", StringComparison.Ordinal)]);
        Assert.Equal("'D'", json.GetProperty("data").GetString());
    }

    [Theory]
    [InlineData("titel=x", "field_unknown", "nothing_to_say")]
    [InlineData("title=x&title=y", "title_twice")]
    [InlineData("title=x&private=1", "private_wrong_kind")]
    [InlineData("title=x&retry=-5", "retry_wrong_kind")]
    [InlineData("title=x&actions=y", "actions_in_form")]
    [InlineData("title=x&topic=", "topic_invalid")]
    [InlineData("title=x&topic", "topic_invalid")]
    [InlineData("title=x&private", "private_wrong_kind")]
    [InlineData("private&title=x", "private_wrong_kind")]
    [InlineData("title=x&private=", "private_wrong_kind")]
    [InlineData("title=x&private=true&private=false", "private_twice")]
    [InlineData("title=x&private=false&private", "private_twice", "private_wrong_kind")]
    [InlineData("title=x&Private=true", "field_unknown")]
    [InlineData("title=AT&T", "field_unknown")]
    [InlineData("title=AT&T=", "field_unknown")]
    [InlineData("title=x&=y", "field_unknown")]
    [InlineData("{\"title\":\"x\",\"private\":true}", "field_unknown", "nothing_to_say")]
    [InlineData("title=x&publishAt", "publishAt_wrong_kind")]
    [InlineData("title=x&expiresAt=2026-01-31T12:00:00", "expiresAt_wrong_kind")]
    public async Task Invalid_form_is_refused_with_its_rules(string form, params string[] rules)
    {
        using var response = await PostAsync(form);
        Assert.Equal(rules, await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task An_unknown_field_of_a_form_names_the_option_of_curl_that_encodes_a_value()
    {
        using var response = await PostAsync("title=AT&T");
        Assert.Contains("curl --data-urlencode", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("&title=A%26T+%2B+100%25+%zz+a=b&&", "A&T + 100% %zz a=b")]
    [InlineData("%74itle=%C3%A9", "é")]
    [InlineData("title=é", "é")]
    public async Task A_form_is_decoded_as_browsers_encode_it(string form, string title)
    {
        Assert.Equal(title, (await PublishedAsync(form)).GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    public async Task Private_is_true_or_false_in_any_case(string value, bool expected) =>
        Assert.Equal(expected, (await PublishedAsync("title=x&private=" + value)).GetProperty("private").GetBoolean());

    [Fact]
    public async Task A_plus_sign_of_a_time_that_arrives_as_a_blank_is_understood()
    {
        using var response = await PostAsync("title=x&publishAt=2999-01-31T12:00:00+02:00");
        Assert.Equal(["publish_at_far"], await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
        var view = await PublishedAsync("title=x&expiresAt=2999-01-31T12:00:00+02:00");
        Assert.Equal("2999-01-31T10:00:00.000Z", view.GetProperty("expiresAt").GetString());
    }

    [Theory]
    [InlineData("title=%FF")]
    [InlineData("title=%ED%A0%80")]
    [InlineData("title=caf%E9")]
    [InlineData("data=%C3")]
    [InlineData("%FF=1&title=x")]
    public async Task A_form_that_is_not_valid_utf8_is_refused(string form)
    {
        using var response = await PostAsync(form);
        Assert.Equal(["not_a_form"], await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task Raw_bytes_of_a_form_that_are_not_utf8_are_refused()
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes("title=caf\u00e9"));
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        using var response = await _server.SendAsync(HttpMethod.Post, "/api/notifications", content);
        Assert.Equal(["not_a_form"], await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task Form_with_a_long_name_many_fields_or_a_large_body_is_refused_with_a_problem()
    {
        using var longName = await PostAsync(new string('x', 3_000) + "=1");
        await ProblemAssert.IsAsync(longName, HttpStatusCode.BadRequest, "invalid");
        using var manyNames = await PostAsync(string.Join('&', Enumerable.Range(0, 1_100).Select(i => $"f{i}=1")));
        await ProblemAssert.IsAsync(manyNames, HttpStatusCode.BadRequest, "invalid");
        using var large = await PostAsync("data=" + new string('x', 600_000));
        await ProblemAssert.IsAsync(large, HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nbroken")]
    public async Task A_broken_multipart_form_is_a_problem(string contentType, string body)
    {
        using var response = await PostAsync(body, contentType: contentType);
        Assert.InRange((int)response.StatusCode, 400, 415);
        await ProblemAssert.IsAsync(response, response.StatusCode, response.StatusCode == HttpStatusCode.BadRequest ? "invalid" : "unsupported-media-type");
    }

    private async Task<JsonElement> PublishedAsync(string form)
    {
        using var response = await PostAsync(form);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var found = await _server.SendAsync(HttpMethod.Get, response.Headers.Location!.ToString());
        return await found.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> PostAsync(string form, bool withKey = true, string contentType = "application/x-www-form-urlencoded")
    {
        using var content = new StringContent(form, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await _server.SendAsync(HttpMethod.Post, "/api/notifications", content, withKey);
    }
}
