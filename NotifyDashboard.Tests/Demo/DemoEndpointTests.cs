using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Hub;
using NotifyDashboard.Demo;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Demo;

public class DemoEndpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_text_is_on_a_topic_of_the_demos_and_may_be_fired()
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
    public async Task Anyone_fires_a_fixed_text_and_nothing_of_their_own()
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
    public async Task Thirty_in_a_minute_and_not_one_more_from_an_address()
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
    public async Task A_wrong_ask_is_named_and_a_form_is_refused()
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
    public async Task Switched_off_it_is_not_there()
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
