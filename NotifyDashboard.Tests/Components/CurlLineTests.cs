using System.Text.Json;
using Bunit;
using NotifyDashboard.Components;
using NotifyDashboard.Components.Pages.SignIn;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components;

/// <summary>Nothing in a line that is offered for copying is the shell's but its own words.</summary>
public sealed class CurlLineTests : BunitContext
{
    [Theory]
    [MemberData(nameof(PastedLine.Shells), MemberType = typeof(PastedLine))]
    public async Task Curl_line_of_History_sends_exactly_the_notification_in_every_shell(string shell)
    {
        foreach (var text in PastedLine.Hostile)
        {
            var draft = new NotificationDraft
            {
                Topics = [text, "t"],
                Type = text,
                CollapseKey = text,
                Title = text,
                Body = text,
                Url = text,
                Icon = text,
                Tags = [text],
                Actions = [new(text, text)],
                Data = NotificationData.FromString(text),
            };
            var arguments = await PastedLine.RunAsync(shell, CurlLine.Of(draft, "http://localhost:5080/"));
            Assert.Equal(["http://localhost:5080/api/notifications", "-H", "Authorization: Bearer a key; touch x", "-H", "Content-Type: application/json", "-d"], arguments[..^1]);
            var body = JsonDocument.Parse(arguments[^1]).RootElement;
            foreach (var field in new[] { "type", "collapseKey", "title", "body", "url", "icon", "data" }) Assert.Equal((field, text), (field, body.GetProperty(field).GetString()));
            Assert.Equal((text, text, text), (body.GetProperty("topic")[0].GetString(), body.GetProperty("tags")[0].GetString(), body.GetProperty("actions")[0].GetProperty("label").GetString()));
        }
    }

    [Theory]
    [MemberData(nameof(PastedLine.Shells), MemberType = typeof(PastedLine))]
    public async Task First_curl_line_of_a_key_quotes_any_address_key_and_topic(string shell)
    {
        // A control character is in no address, and in no topic.
        foreach (var text in PastedLine.Hostile.Where(text => !text.Any(char.IsControl)))
        {
            var arguments = await PastedLine.RunAsync(shell, CurlLine.First($"http://{text}/", "nd_key" + text, text));
            Assert.Equal([$"http://{text}/api/notifications", "-H", $"Authorization: Bearer nd_key{text}"], arguments[..3]);
            Assert.Equal(("topic=" + text, "title=Hello Dolly"), (arguments[4], arguments[^1]));
        }
        Assert.Equal("--data-urlencode", (await PastedLine.RunAsync(shell, CurlLine.First("http://hub/", "nd_key", "a&private=true")))[3]);
    }

    [Fact]
    public async Task Shell_lines_shown_after_set_up_quote_any_address_and_key()
    {
        const string address = "http://hub'$(touch x);`touch x`", key = "nd_it's $(touch x)";
        var page = Render<SetUpDone>(parameters => parameters.Add(done => done.Address, address).Add(done => done.ApiKey, key).Add(done => done.Name, "mara"));
        var arguments = await PastedLine.RunAsync("sh", page.Find("#line").TextContent);
        Assert.Equal([address + "/api/notifications", "-H", "Authorization: Bearer " + key, "-d", "topic=broadcast", "-d", "title=Hello Dolly"], arguments);
        Assert.Equal([key], await PastedLine.RunAsync("sh", page.Find("#export").TextContent, "curl \"$KEY\""));
    }
}
