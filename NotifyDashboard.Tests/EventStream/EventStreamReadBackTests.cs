using System.Net.ServerSentEvents;
using System.Text.Json;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.EventStream;

/// <summary>An independent parser reads what the encoder writes.</summary>
public class EventStreamReadBackTests
{
    private static readonly string[] Nasty =
    [
        "plain", "", " ", "  two", "a\nb", "a\rb", "a\r\nb", "\n", "\r", "\n\n\n", "trailing\n", "\r\n\r\n", "data: x\n\nevent: y", "x\n\nid: 9\nretry: 1\n\n",
        ": comment", "id: 5", "nul\0nul", "tab\t", "\u2028\u2029\u0085\u000b\u000c", "\ufeffbom", "emoji 👩‍👩‍👧 🎉", "\"quotes\" and \\", "</script>", "null", "{\"a\":1}",
    ];

    public static TheoryData<string> Strings => [.. Nasty];

    [Theory]
    [MemberData(nameof(Strings))]
    public void Raw_string_survives_the_stream_except_for_the_kind_of_line_break(string data)
    {
        var item = Assert.Single(Parse(Encode(Drafts.Text(data) with { Type = "ping", Retry = TimeSpan.FromSeconds(3) }, WireForm.Plain)));
        Assert.Equal(data.ReplaceLineEndings("\n").Replace('\r', '\n'), Unbroken(item.Data, data));
        Assert.Equal(("ping", "e1-7", TimeSpan.FromSeconds(3)), (item.EventType, item.EventId, item.ReconnectionInterval));
    }

    [Theory]
    [MemberData(nameof(Strings))]
    public void Any_string_arrives_exactly_in_the_envelope(string data)
    {
        var item = Assert.Single(Parse(Encode(Drafts.Text(data, "a/b"), WireForm.Envelope)));
        Assert.Equal(EventStreamEncoder.EnvelopeType, item.EventType);
        using var json = JsonDocument.Parse(item.Data);
        Assert.Equal(data, json.RootElement.GetProperty("data").GetString());
    }

    [Theory]
    [MemberData(nameof(Strings))]
    public void Any_body_and_any_json_arrive_exactly_in_content(string text)
    {
        var data = NotificationData.FromJson(JsonSerializer.SerializeToElement(new Dictionary<string, string> { [text] = text }));
        var item = Assert.Single(Parse(Encode(new NotificationDraft { Title = "t", Body = text, Data = data }, WireForm.Plain)));
        using var json = JsonDocument.Parse(item.Data);
        Assert.Equal(text, json.RootElement.GetProperty("body").GetString());
        Assert.Equal(text, json.RootElement.GetProperty("data").GetProperty(text).GetString());
    }

    [Fact]
    public void Consecutive_frames_are_parsed_as_separate_events()
    {
        byte[] wire = [.. EventStreamEncoder.Opening, .. Nasty.SelectMany((data, i) => new EventStreamEncoder().Encode(new LogEntry(Drafts.Stored(Drafts.Text(data), i + 1)), WireForm.Plain))];
        Assert.Equal(Enumerable.Range(1, Nasty.Length).Select(i => $"e1-{i}"), Parse(wire).Select(item => item.EventId));
    }

    // ReplaceLineEndings also takes the Unicode separators, which are no line breaks of an event stream.
    private static string Unbroken(string arrived, string sent) => sent.AsSpan().IndexOfAny("\u2028\u2029\u0085\u000c") < 0 ? arrived : arrived.ReplaceLineEndings("\n");

    private static byte[] Encode(NotificationDraft draft, WireForm form) => new EventStreamEncoder().Encode(new LogEntry(Drafts.Stored(draft)), form);

    private static List<SseItem<string>> Parse(byte[] wire)
    {
        using var stream = new MemoryStream(wire);
        return [.. SseParser.Create(stream).Enumerate()];
    }
}
