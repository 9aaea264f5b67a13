using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public class SubscriberTests
{
    private readonly CountingEncoder _encoder = new();
    private readonly List<Frame> _frames = [];
    private int _wakes;

    [Fact]
    public void Subscriber_is_not_woken_before_it_is_started()
    {
        var subscriber = Make();
        subscriber.Offer(1);
        Assert.Equal(0, _wakes);
        subscriber.Start(0);
        Assert.Equal(1, _wakes);
    }

    [Fact]
    public void Subscriber_is_woken_once_until_it_takes_its_frames()
    {
        var buffer = new ReplayBuffer(0, 100_000, TimeProvider.System);
        var subscriber = Make();
        subscriber.Start(0);
        Take(subscriber, buffer);
        for (var i = 1; i <= 3; i++) Publish(buffer, subscriber, i);
        Assert.Equal(2, _wakes);
        Assert.Equal([1, 2, 3], Take(subscriber, buffer));
        Assert.False(subscriber.HasPending);
        Publish(buffer, subscriber, 4);
        Assert.Equal(3, _wakes);
        Assert.Equal([4], Take(subscriber, buffer));
    }

    [Fact]
    public void Frame_taken_before_its_offer_is_not_taken_again()
    {
        var buffer = new ReplayBuffer(0, 100_000, TimeProvider.System);
        var subscriber = Make();
        subscriber.Start(0);
        buffer.Add(Frame(1));
        Assert.Equal([1], Take(subscriber, buffer));
        subscriber.Offer(1);
        Assert.True(subscriber.HasPending);
        Assert.Equal([], Take(subscriber, buffer));
        Assert.False(subscriber.HasPending);
    }

    [Fact]
    public void Frames_over_the_limit_of_one_take_stay_pending()
    {
        var buffer = new ReplayBuffer(0, 100_000, TimeProvider.System);
        var subscriber = Make();
        subscriber.Start(0);
        for (var i = 1; i <= 5; i++) Publish(buffer, subscriber, i);
        Assert.True(subscriber.TryTake(buffer, _frames, 2, 100_000));
        Assert.Equal((2, true, 2), (_frames.Count, subscriber.HasPending, subscriber.Position));
        _frames.Clear();
        Assert.Equal([3, 4, 5], Take(subscriber, buffer));
    }

    [Fact]
    public void Subscriber_behind_the_buffer_reads_the_log_and_returns_to_the_buffer()
    {
        var buffer = new ReplayBuffer(0, 2 * Frame(1).EstimatedBytes, TimeProvider.System);
        var subscriber = Make();
        subscriber.Start(0);
        for (var i = 1; i <= 5; i++) Publish(buffer, subscriber, i);
        Assert.False(subscriber.TryTake(buffer, _frames, 10, 100_000));
        Assert.Equal((0, 0L, true), (_frames.Count, subscriber.PendingAfter, subscriber.HasPending));
        subscriber.TakeFromLog(3);
        Assert.True(subscriber.HasPending);
        Assert.Equal([4, 5], Take(subscriber, buffer));
    }

    [Fact]
    public void Idle_subscriber_continues_from_the_offer_and_not_from_its_old_position()
    {
        var buffer = new ReplayBuffer(0, 2 * Frame(1).EstimatedBytes, TimeProvider.System);
        var subscriber = Make();
        subscriber.Start(0);
        Take(subscriber, buffer);
        for (var i = 1; i <= 8; i++) buffer.Add(Drafts.Frame(Drafts.Text("x", "other"), i, _encoder));
        Publish(buffer, subscriber, 9);
        Assert.Equal([9], Take(subscriber, buffer));
    }

    [Fact]
    public async Task Concurrent_offer_and_take_lose_and_repeat_no_frame()
    {
        const int last = 100_000;
        var buffer = new ReplayBuffer(0, int.MaxValue, TimeProvider.System);
        using var woken = new SemaphoreSlim(0);
        var subscriber = new Subscriber(new TopicFilter([Topic.Broadcast]), WireForm.Plain, () => woken.Release());
        var taking = Task.Run(async () =>
        {
            var (frames, expected) = (new List<Frame>(), 0L);
            while (expected < last)
            {
                // A lost wake-up shows here.
                Assert.True(await woken.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
                while (subscriber.HasPending)
                {
                    if (!subscriber.TryTake(buffer, frames, 16, 100_000)) subscriber.TakeFromLog(expected = buffer.Floor);
                    foreach (var frame in frames) Assert.Equal(++expected, frame.Sequence);
                    frames.Clear();
                }
            }
        }, TestContext.Current.CancellationToken);
        subscriber.Start(0);
        for (var i = 1; i <= last && !taking.IsCompleted; i++) Publish(buffer, subscriber, i);
        await taking.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private Subscriber Make() => new(new TopicFilter([Topic.Broadcast]), WireForm.Plain, () => _wakes++);

    private Frame Frame(long sequence) => Drafts.Frame(Drafts.Text("x"), sequence, _encoder);

    private void Publish(ReplayBuffer buffer, Subscriber subscriber, long sequence)
    {
        buffer.Add(Frame(sequence));
        subscriber.Offer(sequence);
    }

    private List<long> Take(Subscriber subscriber, ReplayBuffer buffer)
    {
        Assert.True(subscriber.TryTake(buffer, _frames, 1_000, 1_000_000));
        List<long> taken = [.. _frames.Select(f => f.Sequence)];
        _frames.Clear();
        return taken;
    }
}
