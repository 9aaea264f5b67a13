using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public class SubscriberIndexTests
{
    private readonly SubscriberIndex _index = new();
    private readonly CountingEncoder _encoder = new();
    private long _sequence;

    [Fact]
    public void Subscriber_of_one_of_the_topics_is_woken_and_no_other()
    {
        var (a, b, all) = (Add(["a"]), Add(["b"]), Add([], "*"));
        Assert.Equal(2, Offer(Drafts.Text("x", "a")));
        Assert.Equal((1, 0, 1), (a.Wakes, b.Wakes, all.Wakes));
        Assert.Equal(3, Offer(Drafts.Text("x", "a", "b")));
    }

    [Fact]
    public void A_notification_on_two_topics_of_a_subscriber_is_offered_once()
    {
        var both = Add(["a", "b"], "a", "*");
        Assert.Equal(1, Offer(Drafts.Text("x", "a", "b")));
        Assert.Equal(1, both.Wakes);
    }

    [Fact]
    public void Private_notification_is_never_offered_without_the_right()
    {
        var (anyone, pattern, entitled) = (Add(["a"]), Add([], "*"), Add(new TopicFilter(["a"], includePrivate: true)));
        var (granted, grantedAnother) = (Add(new TopicFilter(["a"], granted: new(["a"]))), Add(new TopicFilter(["a"], granted: new(["b"]))));
        Assert.Equal(2, Offer(Drafts.Text("x", "a") with { Private = true }));
        Assert.Equal((0, 0, 1, 1, 0), (anyone.Wakes, pattern.Wakes, entitled.Wakes, granted.Wakes, grantedAnother.Wakes));
    }

    [Fact]
    public void Removed_subscriber_is_offered_nothing_and_leaves_nothing_in_the_index()
    {
        var (stays, leaves) = (Add(["a", "b"]), Add(["b", "c"], "d/*"));
        _index.Remove(leaves.Subscriber);
        Assert.Equal(1, Offer(Drafts.Text("x", "b", "c", "d/1")));
        Assert.Equal((1, 0, 1), (stays.Wakes, leaves.Wakes, _index.Count));
        Assert.Equal(["a", "b"], _index.Topics("", 10));
    }

    [Fact]
    public void Reach_counts_each_connection_once_and_only_those_with_access()
    {
        Add(["a", "b"]);
        Add([], "a*");
        Add(["c"]);
        Add(new TopicFilter(["b"], includePrivate: true));
        Assert.Equal(3, _index.CountReached(Drafts.Text("x", "a", "b")).Streams);
        Assert.Equal(1, _index.CountReached(Drafts.Text("x", "a", "b") with { Private = true }).Streams);
        Assert.Equal(0, _index.CountReached(Drafts.Text("x", "z")).Streams);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_notification_allocates_nothing_for_a_subscriber(bool isPrivate)
    {
        const int all = 1_000, shown = 3;
        var granted = new TopicFilter(["own", "a"], [Pattern("others/:id")]);
        var buffer = new ReplayBuffer(0, 1_000_000, TimeProvider.System);
        List<Subscriber> subscribers = [.. Enumerable.Range(0, all).Select(i => Add(new TopicFilter(["a", $"own/{i}"], [Pattern($"others/{i}/*")], granted: granted)).Subscriber)];
        foreach (var subscriber in subscribers) subscriber.Start(0);
        var (frames, taken, least) = (new List<Frame>(16), 0, long.MaxValue);
        // The first one warms up; of the others the best counts, for the runtime has its own to do now and then.
        for (var i = 1; i <= 1 + shown; i++)
        {
            var frame = Drafts.Frame(Drafts.Text("x", "a") with { Private = isPrivate }, i, _encoder);
            frame.Bytes(WireForm.Plain);
            buffer.Add(frame);
            var before = GC.GetAllocatedBytesForCurrentThread();
            _index.Offer(frame);
            foreach (var subscriber in subscribers)
            {
                subscriber.TryTake(buffer, frames, 256, 64 * 1024);
                taken += frames.Count;
                frames.Clear();
            }
            if (i > 1) least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(all * (1 + shown), taken);
        Assert.InRange(least, 0, all - 1);
    }

    private Woken Add(string[] topics, params string[] patterns) => Add(new TopicFilter(topics, patterns.Select(Pattern)));

    private static TopicPattern Pattern(string text) => TopicPattern.TryParse(text, out var pattern) ? pattern : throw new ArgumentException(text);

    private Woken Add(TopicFilter filter)
    {
        var woken = new Woken();
        woken.Subscriber = new Subscriber(filter, WireForm.Plain, () => woken.Wakes++) { NamesTopics = true };
        _index.Add(woken.Subscriber);
        Idle(woken);
        return woken;
    }

    private int Offer(NotificationDraft draft) => _index.Offer(Drafts.Frame(draft, ++_sequence, _encoder));

    // Started, and nothing pending.
    private static void Idle(Woken woken)
    {
        woken.Subscriber.Start(0);
        Assert.True(woken.Subscriber.TryTake(new ReplayBuffer(0, 1_000, TimeProvider.System), [], 10, 1_000));
        woken.Wakes = 0;
    }

    private sealed class Woken
    {
        public Subscriber Subscriber { get; set; } = null!;

        public int Wakes { get; set; }
    }
}
