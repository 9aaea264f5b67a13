using System.Text;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.EventStream;

public class EventStreamEncoderTests
{
    [Theory]
    [InlineData("hello", "data: hello\n\n")]
    [InlineData("a\nb", "data: a\ndata: b\n\n")]
    [InlineData("a\rb", "data: a\ndata: b\n\n")]
    [InlineData("a\r\nb", "data: a\ndata: b\n\n")]
    [InlineData("a\n\rb", "data: a\ndata: \ndata: b\n\n")]
    [InlineData("a\n", "data: a\ndata: \n\n")]
    [InlineData("a\r", "data: a\ndata: \n\n")]
    [InlineData("a\r\n", "data: a\ndata: \n\n")]
    [InlineData("\n", "data: \ndata: \n\n")]
    [InlineData("", "data: \n\n")]
    [InlineData(" leading", "data:  leading\n\n")]
    [InlineData(":colon", "data: :colon\n\n")]
    [InlineData("'Hello Dolly!' 🎉", "data: 'Hello Dolly!' 🎉\n\n")]
    [InlineData("nul\0inside", "data: nul\0inside\n\n")]
    [InlineData("line\u2028separator\u0085", "data: line\u2028separator\u0085\n\n")]
    [InlineData(null, "\n")]
    public void Data_with_line_breaks_is_encoded_as_one_data_field_per_line(string? data, string expected) => Expect(expected, EventStreamEncoder.Encode(new EventStreamFrame(data)));

    [Fact]
    public void Id_comes_first_then_event_then_retry_then_data() => Expect(
        "id: e1-7\nevent: ping\nretry: 2500\ndata: x\n\n",
        EventStreamEncoder.Encode(new EventStreamFrame("x", "ping", "e1-7", TimeSpan.FromMilliseconds(2500))));

    [Fact]
    public void Default_event_type_message_is_omitted() => Expect("data: x\n\n", EventStreamEncoder.Encode(new EventStreamFrame("x", "message")));

    [Fact]
    public void Frame_without_data_carries_the_id_only() => Expect("id: e1-7\n\n", EventStreamEncoder.Encode(new EventStreamFrame(null, null, "e1-7")));

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("\n")]
    public void A_line_break_or_nul_in_type_or_id_is_refused(string attack)
    {
        Assert.Throws<ArgumentException>(() => EventStreamEncoder.Encode(new EventStreamFrame("x", attack)));
        Assert.Throws<ArgumentException>(() => EventStreamEncoder.Encode(new EventStreamFrame("x", null, attack)));
    }

    [Fact]
    public void The_opening_is_a_comment() => Assert.Equal(": hello\n\n", Encoding.UTF8.GetString(EventStreamEncoder.Opening));

    [Fact]
    public void Content_is_json_with_every_field_in_the_documented_order() => Expect(
        """
        id: e1-7
        event: order
        retry: 5000
        data: {"id":"e1-7","title":"Paid \"now\" \uD83C\uDF89","body":"First line\nSecond line","severity":"success","url":"/orders/42?a=1&b=2","icon":"https://cdn.example/i.png","tags":["shop","paid"],"actions":[{"label":"Open","url":"/orders/42"},{"label":"Help","url":"https://help.example/"}],"publishedAt":"2026-01-31T12:00:00.000Z","data":{"amount":1.50,"by":"Zoë"}}


        """, Encode(Drafts.Full, WireForm.Plain));

    [Fact]
    public void An_envelope_adds_type_and_topics_after_the_id() => Expect(
        """
        id: e1-7
        event: hub.notification
        retry: 5000
        data: {"id":"e1-7","type":"order","topics":["orders/42","users/jürgen"],"title":"Paid \"now\" \uD83C\uDF89","body":"First line\nSecond line","severity":"success","url":"/orders/42?a=1&b=2","icon":"https://cdn.example/i.png","tags":["shop","paid"],"actions":[{"label":"Open","url":"/orders/42"},{"label":"Help","url":"https://help.example/"}],"publishedAt":"2026-01-31T12:00:00.000Z","data":{"amount":1.50,"by":"Zoë"}}


        """, Encode(Drafts.Full, WireForm.Envelope));

    [Fact]
    public void Content_leaves_out_what_was_not_given() => Expect(
        "id: e1-7\nevent: notification\ndata: {\"id\":\"e1-7\",\"title\":\"Hi\",\"publishedAt\":\"2026-01-31T12:00:00.000Z\"}\n\n",
        Encode(new() { Title = "Hi" }, WireForm.Plain));

    [Fact]
    public void A_raw_string_is_sent_as_it_was_written() => Expect(
        "id: e1-7\nevent: ping\ndata: 'Hello Dolly!'\n\n",
        Encode(Drafts.Text("'Hello Dolly!'") with { Type = "ping" }, WireForm.Plain));

    [Fact]
    public void Raw_string_is_a_JSON_string_in_the_envelope() => Expect(
        "id: e1-7\nevent: hub.notification\ndata: {\"id\":\"e1-7\",\"type\":\"ping\",\"topics\":[\"a\"],\"publishedAt\":\"2026-01-31T12:00:00.000Z\",\"data\":\"{\\\"x\\\":\\n1}\"}\n\n",
        Encode(Drafts.Text("{\"x\":\n1}", "a") with { Type = "ping" }, WireForm.Envelope));

    [Fact]
    public void Raw_JSON_is_sent_unchanged_and_as_JSON_in_the_envelope()
    {
        var draft = new NotificationDraft { Type = "message", Data = new NotificationData("[1,null]", true) };
        Expect("id: e1-7\ndata: [1,null]\n\n", Encode(draft, WireForm.Plain));
        Expect(
            "id: e1-7\nevent: hub.notification\ndata: {\"id\":\"e1-7\",\"type\":\"message\",\"topics\":[\"broadcast\"],\"publishedAt\":\"2026-01-31T12:00:00.000Z\",\"data\":[1,null]}\n\n",
            Encode(draft, WireForm.Envelope));
    }

    private static byte[] Encode(NotificationDraft draft, WireForm form) => new EventStreamEncoder().Encode(new LogEntry(Drafts.Stored(draft)), form);

    private static void Expect(string expected, byte[] actual) => Assert.Equal(expected, Encoding.UTF8.GetString(actual));
}
