using System.Text;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.EventStream;

public class ControlFramesTests
{
    private const string Counts = "{\"countsAt\":\"e1-7\",\"unseen\":1,\"unread\":2,\"topics\":{\"users/jürgen\":{\"unseen\":1,\"unread\":2}}}";

    private static readonly Cursor Here = new("e1", 7);

    private static readonly InboxState Inbox = new(new("e1-7", 1, 2, new Dictionary<string, TopicCounts> { ["users/jürgen"] = new(1, 2) }), InboxPreferences.None);

    [Fact]
    public void Hello_names_the_stream_its_heartbeat_and_where_it_starts() => Expect(
        "id: e1-7\nevent: hub.hello\ndata: {\"streamId\":\"ab\",\"heartbeatSeconds\":15}\n\n", ControlFrames.Hello("ab", TimeSpan.FromSeconds(15), Here));

    [Fact]
    public void Hello_before_a_gap_has_no_id() => Expect(
        "event: hub.hello\ndata: {\"streamId\":\"ab\",\"heartbeatSeconds\":15}\n\n", ControlFrames.Hello("ab", TimeSpan.FromSeconds(15), null));

    [Fact]
    public void Hello_names_the_recipient() => Expect(
        "id: e1-7\nevent: hub.hello\ndata: {\"streamId\":\"ab\",\"heartbeatSeconds\":15,\"recipient\":\"x9\","
        + "\"preferences\":{\"muted\":{\"topics\":[],\"types\":[]},\"quietHours\":null,\"criticalBreaksThrough\":true},\"counts\":" + Counts + "}\n\n",
        ControlFrames.Hello("ab", TimeSpan.FromSeconds(15), Here, "x9", Inbox));

    [Fact]
    public void Read_frame_has_the_change_and_new_counts_and_no_id() => Expect(
        "event: hub.read\ndata: {\"change\":\"read\",\"ids\":[\"e1-5\"],\"upTo\":null,\"counts\":" + Counts + "}\n\n", ControlFrames.InboxChanged(new(InboxChange.Read, ["e1-5"]), Inbox));

    [Fact]
    public void Read_frame_after_changed_preferences_has_the_preferences() => Expect(
        "event: hub.read\ndata: {\"change\":\"preferences\",\"ids\":[],\"upTo\":null,\"counts\":" + Counts
        + ",\"preferences\":{\"muted\":{\"topics\":[],\"types\":[\"ping\"]},\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00\",\"timeZone\":\"Europe/Berlin\"},\"criticalBreaksThrough\":false}}\n\n",
        ControlFrames.InboxChanged(new(InboxChange.Preferences, []), Inbox with { Preferences = new() { Muted = new() { Types = ["ping"] }, QuietHours = new("22:00", "07:00", "Europe/Berlin"), CriticalBreaksThrough = false } }));

    [Fact]
    public void Gap_frame_has_the_reason_and_the_oldest_cursor_that_follows() => Expect(
        "id: e1-7\nevent: hub.gap\ndata: {\"reason\":\"unknown\",\"oldest\":\"e1-8\"}\n\n", ControlFrames.Gap(GapReason.Unknown, new Cursor("e1", 8), Here));

    [Fact]
    public void Gap_with_nothing_to_follow_has_no_oldest() => Expect(
        "id: e1-7\nevent: hub.gap\ndata: {\"reason\":\"ahead\",\"oldest\":null}\n\n", ControlFrames.Gap(GapReason.Ahead, null, Here));

    [Fact]
    public void Heartbeat_carries_a_cursor_and_an_empty_object() => Expect("id: e1-7\nevent: hub.heartbeat\ndata: {}\n\n", ControlFrames.Heartbeat(Here));

    [Fact]
    public void Bye_frame_has_the_reconnection_time_as_field_and_as_JSON() => Expect(
        "event: hub.bye\nretry: 1234\ndata: {\"retryMs\":1234}\n\n", ControlFrames.Bye(TimeSpan.FromMilliseconds(1234)));

    private static void Expect(string expected, byte[] actual) => Assert.Equal(expected, Encoding.UTF8.GetString(actual));
}
