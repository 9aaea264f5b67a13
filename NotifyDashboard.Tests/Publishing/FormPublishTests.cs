using System.Net;
using System.Net.Http.Headers;
using System.Text;
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
    public async Task A_fault_names_its_rule(string form, params string[] rules)
    {
        using var response = await PostAsync(form);
        Assert.Equal(rules, await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_a_problem()
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

    private async Task<HttpResponseMessage> PostAsync(string form, bool withKey = true, string contentType = "application/x-www-form-urlencoded")
    {
        using var content = new StringContent(form, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await _server.SendAsync(HttpMethod.Post, "/api/notifications", content, withKey);
    }
}
