using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

/// <summary>What a page may not say of its tabs.</summary>
public sealed class PresenceRefusalTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly HubServer _server = shared.Hub;

    [Theory]
    [InlineData("""{"tabs":[]}""", "stream_id_missing")]
    [InlineData("""{"streamId":"x"}""", "tabs_invalid")]
    [InlineData("""{"streamId":"x","tabs":[{"page":"orders"}]}""", "page_invalid")]
    [InlineData("""{"streamId":"x","tabs":[{"page":"/a?token=b"}]}""", "page_invalid")]
    [InlineData("""{"streamId":"x","tabs":[{"page":"/a#b"}]}""", "page_invalid")]
    [InlineData("""{"streamId":"x","tabs":[null]}""", "page_invalid")]
    public async Task Invalid_presence_is_refused_with_its_rule(string body, string rule)
    {
        using var response = await _server.Http.PostAsync(new Uri(_server.Address, "/api/presence"), new StringContent(body, MediaTypeHeaderValue.Parse("application/json")), TestContext.Current.CancellationToken);
        Assert.Equal([rule], await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid"));
    }

    [Fact]
    public async Task More_tabs_or_longer_paths_than_a_browser_has_are_refused()
    {
        using var stream = await _server.OpenAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await PostTabsAsync(stream, [.. Enumerable.Repeat(new { page = "/" }, 51)]));
        Assert.Equal(HttpStatusCode.BadRequest, await PostTabsAsync(stream, new { page = "/" + new string('a', 200) }));
        Assert.Equal(HttpStatusCode.NoContent, await PostTabsAsync(stream, [.. Enumerable.Repeat(new { page = "/" + new string('a', 199) }, 50)]));
    }

    private async Task<HttpStatusCode> PostTabsAsync(StreamReading stream, params object[] tabs)
    {
        var streamId = StreamReading.Json(stream.Hello).GetProperty("streamId").GetString();
        using var content = JsonContent.Create(new { streamId, tabs });
        using var response = await _server.Http.PostAsync(new Uri(_server.Address, "/api/presence"), content, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
