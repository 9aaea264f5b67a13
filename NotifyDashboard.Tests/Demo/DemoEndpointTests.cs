using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Demo;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Demo;

public class DemoEndpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_demo_text_is_a_valid_draft_on_a_demo_topic()
    {
        var texts = new DemoTexts();
        foreach (var what in new[] { "follow", "write", "ring", "ping" })
        {
            for (var i = 0; i < 6; i++)
            {
                var draft = texts.Next(what)!;
                Assert.Empty(DraftRules.Check(draft));
                Assert.All(draft.Topics, topic => Assert.StartsWith("demo/", topic, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Demo_fire_publishes_a_fixed_text_and_ignores_a_topic_or_title_in_the_request()
    {
        await using var hub = HubServer.Start();
        using var answer = await FireAsync(hub, new { what = "write", topic = "payroll", title = "Free money" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("ids")[0].GetString();
        Assert.True(Cursor.TryParse(id, out var cursor));
        var stored = await hub.Services.GetRequiredService<INotificationLog>().FindAsync(cursor, Cancellation);
        Assert.Equal(("demo/messages", "Badge demo"), (stored!.Draft.Topics.Single(), stored.PublishedBy));
        Assert.NotEqual("Free money", stored.Draft.Title);
    }

    [Fact]
    public async Task Demo_fire_is_limited_to_thirty_a_minute_per_address()
    {
        await using var hub = HubServer.Start(new() { ["Proxy:Known:0"] = "127.0.0.1", ["Proxy:Known:1"] = "::1" });
        for (var i = 0; i < 3; i++) using (var fired = await FireAsync(hub, new { what = "ping", count = 10 })) Assert.Equal(HttpStatusCode.OK, fired.StatusCode);
        using var over = await FireAsync(hub, new { what = "ping", count = 10 });
        await ProblemAssert.IsAsync(over, HttpStatusCode.TooManyRequests, "too-many");
        Assert.InRange(over.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("That was 30 in a minute. Again in", await over.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var other = await FireAsync(hub, new { what = "ping" }, from: "192.0.2.7");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Demo_fire_names_an_unknown_kind_or_count_and_refuses_a_form()
    {
        await using var hub = HubServer.Start();
        using var unknown = await FireAsync(hub, new { what = "everything" });
        Assert.Equal(["what_unknown"], await ProblemAssert.IsAsync(unknown, HttpStatusCode.BadRequest, "invalid"));
        using var many = await FireAsync(hub, new { what = "ping", count = 11 });
        Assert.Equal(["count_invalid"], await ProblemAssert.IsAsync(many, HttpStatusCode.BadRequest, "invalid"));
        using var form = await hub.Http.PostAsync(new Uri(hub.Address, "/demo/fire"), new FormUrlEncodedContent([new("what", "ping")]), Cancellation);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
    }

    [Fact]
    public async Task Demo_fire_returns_404_when_the_demo_is_off()
    {
        await using var hub = HubServer.Start(new() { ["Demo:Enabled"] = "false" });
        using var answer = await FireAsync(hub, new { what = "ping" });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> FireAsync(HubServer hub, object ask, string? from = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.Address, "/demo/fire")) { Content = JsonContent.Create(ask) };
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        return await hub.Http.SendAsync(request, Cancellation);
    }
}
