using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public class ReplayBufferTests
{
    private static readonly TopicFilter Everything = TopicFilter.Everything;
    private readonly CountingEncoder _encoder = new();

    [Fact]
    public void Empty_buffer_reads_nothing_above_its_head_and_misses_below_it()
    {
        var buffer = new ReplayBuffer(5, 10_000, TimeProvider.System);
        Assert.Equal((5, 5), (buffer.Head, buffer.Floor));
        Assert.Equal([], Read(buffer, 5));
        Assert.Null(Read(buffer, 4));
        Assert.Null(buffer.Find(5));
    }

    [Fact]
    public void Frames_come_in_order_from_any_place()
    {
        var buffer = Filled(5, 10, 1_000_000);
        Assert.Equal((15, 5), (buffer.Head, buffer.Floor));
        for (var after = 5; after <= 15; after++) Assert.Equal(Enumerable.Range(after + 1, 15 - after).Select(i => (long)i), Read(buffer, after));
        Assert.Equal(15, buffer.Find(15)!.Sequence);
        Assert.Null(buffer.Find(16));
    }

    [Fact]
    public void Sequences_with_holes_are_read_in_order()
    {
        var buffer = new ReplayBuffer(0, 1_000_000, TimeProvider.System);
        foreach (var sequence in new[] { 3, 7, 8, 20 }) buffer.Add(Frame(sequence));
        Assert.Equal([7, 8, 20], Read(buffer, 3));
        Assert.Equal([7, 8, 20], Read(buffer, 5));
        Assert.Equal([20], Read(buffer, 19));
        Assert.Null(buffer.Find(6));
        Assert.Equal(7, buffer.Find(7)!.Sequence);
    }

    [Fact]
    public void Frames_over_the_byte_limit_are_evicted_and_raise_the_floor()
    {
        var one = Frame(1).EstimatedBytes;
        var buffer = Filled(0, 10, 3 * one);
        Assert.Equal((10, 7), (buffer.Head, buffer.Floor));
        Assert.Equal([8, 9, 10], Read(buffer, 7));
        Assert.Null(Read(buffer, 6));
        Assert.Null(buffer.Find(7));
    }

    [Fact]
    public void Frame_larger_than_the_whole_buffer_is_kept_alone()
    {
        var buffer = Filled(0, 3, 10);
        Assert.Equal([3], Read(buffer, 2));
        Assert.Null(Read(buffer, 1));
    }

    [Fact]
    public void More_frames_than_slots_evict_the_oldest()
    {
        const int slots = 16 * 1024;
        var buffer = Filled(0, slots + 100, int.MaxValue);
        Assert.Equal(100, buffer.Floor);
        Assert.Equal(slots, Read(buffer, 100)!.Count);
        Assert.Null(Read(buffer, 99));
    }

    [Fact]
    public void Weight_of_a_frame_covers_every_field_in_both_wire_forms()
    {
        var text = new string('x', 2_000);
        var draft = new NotificationDraft
        {
            Topics = [.. Enumerable.Range(0, 10).Select(i => new string((char)('a' + i), 500))],
            Title = "t",
            Url = "/" + text,
            Icon = "/" + text,
            Tags = [.. Enumerable.Repeat(new string('x', 50), 10)],
            Actions = [.. Enumerable.Repeat(new NotificationAction(new string('x', 50), "/" + text), 3)],
        };
        var frame = Drafts.Frame(draft, 1, _encoder);
        Assert.InRange(frame.Bytes(WireForm.Plain).Length + frame.Bytes(WireForm.Envelope).Length, 1, frame.EstimatedBytes);
    }

    [Fact]
    public void Read_returns_only_matching_frames_and_advances_past_the_others()
    {
        var buffer = new ReplayBuffer(0, 1_000_000, TimeProvider.System);
        for (var i = 1; i <= 10; i++) buffer.Add(Drafts.Frame(Drafts.Text("x", i % 2 == 0 ? "even" : "odd"), i, _encoder));
        var frames = new List<Frame>();
        Assert.True(buffer.TryRead(new TopicFilter(["even"]), WireForm.Plain, 3, frames, 100, 100_000, out var readThrough));
        Assert.Equal([4, 6, 8, 10], frames.Select(f => f.Sequence));
        Assert.True(buffer.TryRead(new TopicFilter(["none"]), WireForm.Plain, 3, frames, 100, 100_000, out readThrough));
        Assert.Equal((4, 10), (frames.Count, readThrough));
    }

    [Fact]
    public void Read_stops_at_its_limits_and_reports_its_position()
    {
        var buffer = Filled(0, 10, 1_000_000);
        var size = Frame(1).Bytes(WireForm.Plain).Length;
        var frames = new List<Frame>();
        Assert.True(buffer.TryRead(Everything, WireForm.Plain, 0, frames, 4, 100_000, out var readThrough));
        Assert.Equal((4, 4), (frames.Count, readThrough));
        Assert.True(buffer.TryRead(Everything, WireForm.Plain, 4, frames, 100, 2 * size, out readThrough));
        Assert.Equal((6, 6), (frames.Count, readThrough));
        Assert.True(buffer.TryRead(Everything, WireForm.Plain, 6, frames, 100, 1, out readThrough));
        Assert.Equal((7, 7), (frames.Count, readThrough));
    }

    [Fact]
    public async Task Concurrent_reader_never_sees_a_hole_while_frames_are_evicted()
    {
        // Room for a few frames only: the reader stands at the edge where frames are evicted under its hands.
        const int last = 300_000;
        var buffer = new ReplayBuffer(0, 6 * Frame(1).EstimatedBytes, TimeProvider.System);
        var filter = new TopicFilter([Topic.Broadcast]);
        var draft = Drafts.Text("x");
        var reading = Task.Run(() =>
        {
            var frames = new List<Frame>();
            var after = 0L;
            while (after < last)
            {
                if (!buffer.TryRead(filter, WireForm.Plain, after, frames, 5, 100_000, out var readThrough))
                {
                    Assert.Empty(frames);
                    after = buffer.Floor; // the log would be asked up to here
                    continue;
                }
                foreach (var frame in frames) Assert.Equal(++after, frame.Sequence);
                Assert.Equal(after, readThrough);
                frames.Clear();
            }
        }, TestContext.Current.CancellationToken);
        var empty = new NoBytes();
        for (var i = 1; i <= last && !reading.IsCompleted; i++) buffer.Add(Drafts.Frame(draft, i, empty));
        await reading.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private static List<long>? Read(ReplayBuffer buffer, long after)
    {
        var frames = new List<Frame>();
        var read = buffer.TryRead(Everything, WireForm.Plain, after, frames, int.MaxValue, int.MaxValue, out _);
        Assert.True(read || frames.Count == 0);
        return read ? [.. frames.Select(f => f.Sequence)] : null;
    }

    private ReplayBuffer Filled(long head, int count, int maxBytes)
    {
        var buffer = new ReplayBuffer(head, maxBytes, TimeProvider.System);
        for (var i = 1; i <= count; i++) buffer.Add(Frame(head + i));
        return buffer;
    }

    private Frame Frame(long sequence) => Drafts.Frame(Drafts.Text("x"), sequence, _encoder);

    private sealed class NoBytes : INotificationEncoder
    {
        public byte[] Encode(LogEntry entry, WireForm form) => [];
    }
}
