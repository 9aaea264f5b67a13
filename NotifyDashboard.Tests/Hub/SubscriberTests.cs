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
        var tail = new ReplayBuffer(0, 100_000, TimeProvider.System);
        var subscriber = Make();
        subscriber.Start(0);
        Take(subscriber, tail);
        for (var i = 1; i <= 3; i++) Publish(tail, subscriber, i);
        Assert.Equal(2, _wakes);
        Assert.Equal([1, 2, 3], Take(subscriber, tail));
        Assert.False(subscriber.HasPending);
        Publish(tail, subscriber, 4);
        Assert.Equal(3, _wakes);
        Assert.Equal([4], Take(subscriber, tail));
    }

    [Fact]
    public void Frame_taken_before_its_offer_is_not_taken_again()
    {
        var tail = new ReplayBuffer(0, 100_000, TimeProvider.System);
        var subscriber = Make();
        subscriber.Start(0);
        tail.Add(Frame(1));
        Assert.Equal([1], Take(subscriber, tail));
        subscriber.Offer(1);
        Assert.True(subscriber.HasPending);
        Assert.Equal([], Take(subscriber, tail));
        Assert.False(subscriber.HasPending);
    }

    [Fact]
    public void Frames_over_the_limit_of_one_take_stay_pending()
    {
        var tail = new ReplayBuffer(0, 100_000, TimeProvider.System);
        var subscriber = Make();
        subscriber.Start(0);
        for (var i = 1; i <= 5; i++) Publish(tail, subscriber, i);
        Assert.True(subscriber.TryTake(tail, _frames, 2, 100_000));
        Assert.Equal((2, true, 2), (_frames.Count, subscriber.HasPending, subscriber.Position));
        _frames.Clear();
        Assert.Equal([3, 4, 5], Take(subscriber, tail));
    }

    [Fact]
    public void Subscriber_behind_the_buffer_reads_the_log_and_returns_to_the_buffer()
    {
        var tail = new ReplayBuffer(0, 2 * Frame(1).Weight, TimeProvider.System);
        var subscriber = Make();
        subscriber.Start(0);
        for (var i = 1; i <= 5; i++) Publish(tail, subscriber, i);
        Assert.False(subscriber.TryTake(tail, _frames, 10, 100_000));
        Assert.Equal((0, 0L, true), (_frames.Count, subscriber.PendingAfter, subscriber.HasPending));
        subscriber.TakeFromLog(3);
        Assert.True(subscriber.HasPending);
        Assert.Equal([4, 5], Take(subscriber, tail));
    }

    [Fact]
    public void Idle_subscriber_continues_from_the_offer_and_not_from_its_old_position()
    {
        var tail = new ReplayBuffer(0, 2 * Frame(1).Weight, TimeProvider.System);
        var subscriber = Make();
        subscriber.Start(0);
        Take(subscriber, tail);
        for (var i = 1; i <= 8; i++) tail.Add(Drafts.Frame(Drafts.Text("x", "other"), i, _encoder));
        Publish(tail, subscriber, 9);
        Assert.Equal([9], Take(subscriber, tail));
    }

    [Fact]
    public async Task Concurrent_offer_and_take_lose_and_repeat_no_frame()
    {
        const int last = 100_000;
        var tail = new ReplayBuffer(0, int.MaxValue, TimeProvider.System);
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
                    if (!subscriber.TryTake(tail, frames, 16, 100_000)) subscriber.TakeFromLog(expected = tail.Floor);
                    foreach (var frame in frames) Assert.Equal(++expected, frame.Sequence);
                    frames.Clear();
                }
            }
        }, TestContext.Current.CancellationToken);
        subscriber.Start(0);
        for (var i = 1; i <= last && !taking.IsCompleted; i++) Publish(tail, subscriber, i);
        await taking.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private Subscriber Make() => new(new TopicFilter([Topic.Broadcast]), WireForm.Plain, () => _wakes++);

    private Frame Frame(long sequence) => Drafts.Frame(Drafts.Text("x"), sequence, _encoder);

    private void Publish(ReplayBuffer tail, Subscriber subscriber, long sequence)
    {
        tail.Add(Frame(sequence));
        subscriber.Offer(sequence);
    }

    private List<long> Take(Subscriber subscriber, ReplayBuffer tail)
    {
        Assert.True(subscriber.TryTake(tail, _frames, 1_000, 1_000_000));
        List<long> taken = [.. _frames.Select(f => f.Sequence)];
        _frames.Clear();
        return taken;
    }
}
