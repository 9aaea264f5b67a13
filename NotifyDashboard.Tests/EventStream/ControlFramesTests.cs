using System.Text;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.EventStream;

public class ControlFramesTests
{
    private static readonly Cursor Here = new("e1", 7);

    [Fact]
    public void Hello_names_the_stream_its_heartbeat_and_where_it_starts() => Expect(
        "id: e1-7\nevent: hub.hello\ndata: {\"streamId\":\"ab\",\"heartbeatSeconds\":15}\n\n", ControlFrames.Hello("ab", TimeSpan.FromSeconds(15), Here));

    [Fact]
    public void Hello_before_a_gap_has_no_id() => Expect(
        "event: hub.hello\ndata: {\"streamId\":\"ab\",\"heartbeatSeconds\":15}\n\n", ControlFrames.Hello("ab", TimeSpan.FromSeconds(15), null));

    [Fact]
    public void Hello_names_the_recipient() => Expect(
        "id: e1-7\nevent: hub.hello\ndata: {\"streamId\":\"ab\",\"heartbeatSeconds\":15,\"recipient\":\"x9\"}\n\n", ControlFrames.Hello("ab", TimeSpan.FromSeconds(15), Here, "x9"));

    [Fact]
    public void Gap_says_why_and_what_is_the_oldest_that_follows() => Expect(
        "id: e1-7\nevent: hub.gap\ndata: {\"reason\":\"unknown\",\"oldest\":\"e1-8\"}\n\n", ControlFrames.Gap(GapReason.Unknown, new Cursor("e1", 8), Here));

    [Fact]
    public void Gap_with_nothing_to_follow_has_no_oldest() => Expect(
        "id: e1-7\nevent: hub.gap\ndata: {\"reason\":\"ahead\",\"oldest\":null}\n\n", ControlFrames.Gap(GapReason.Ahead, null, Here));

    [Fact]
    public void Heartbeat_carries_a_cursor_and_an_empty_object() => Expect("id: e1-7\nevent: hub.heartbeat\ndata: {}\n\n", ControlFrames.Heartbeat(Here));

    [Fact]
    public void Bye_says_the_time_both_ways() => Expect(
        "event: hub.bye\nretry: 1234\ndata: {\"retryMs\":1234}\n\n", ControlFrames.Bye(TimeSpan.FromMilliseconds(1234)));

    private static void Expect(string expected, byte[] actual) => Assert.Equal(expected, Encoding.UTF8.GetString(actual));
}
