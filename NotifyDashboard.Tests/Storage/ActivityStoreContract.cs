using NotifyDashboard.Monitoring;
using NotifyDashboard.Storage;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store of activity, whatever its database.</summary>
public abstract class ActivityStoreContract : HubStoreContract
{
    private static readonly DateTimeOffset Start = Drafts.Noon;

    private ActivityStore Store => new(Database);

    private protected override IReadOnlyList<Func<Task>> Uses =>
        [() => Store.SaveAsync([Sample(0)]), () => ReadAsync(ActivityStep.Minute), () => Store.ReadSharesAsync(Start, 10, Cancellation)];

    [Fact]
    public async Task Samples_are_read_as_they_were_saved_oldest_first()
    {
        var first = new ActivitySample(Start, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        var second = first with { At = Start.AddSeconds(10), Unread = null, Published = long.MaxValue / 4 };
        await Store.SaveAsync([second, first]);
        await Store.SaveAsync([]);
        Assert.Equal([first, second], await ReadAsync(ActivityStep.TenSeconds));
        Assert.Equal([second], await Store.ReadAsync(ActivityStep.TenSeconds, second.At, Cancellation));
    }

    [Fact]
    public async Task A_second_sample_of_a_step_is_added_to_the_first()
    {
        await Store.SaveAsync([new(Start, 5, 4, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1)]);
        await Store.SaveAsync([new(Start, 4, 5, 2, 3, null, 10, 20, 30, 40, 50, 60, 70)]);
        Assert.Equal([new(Start, 5, 5, 3, 3, 1, 11, 21, 31, 41, 51, 61, 71)], await ReadAsync(ActivityStep.TenSeconds));
    }

    [Fact]
    public async Task Coarser_steps_have_the_highest_numbers_and_the_sums_however_often_their_parts_are_saved()
    {
        await Store.SaveAsync([Sample(0, streams: 3, published: 1, unread: 7), Sample(10, streams: 9, published: 2)]);
        await Store.SaveAsync([Sample(50, streams: 4, published: 4)]);
        await Store.SaveAsync([Sample(60, streams: 1, published: 8), Sample(610, streams: 2, published: 16)]);
        Assert.Equal([(0, 9, 7, 7), (60, 1, null, 8), (600, 2, null, 16)], (await ReadAsync(ActivityStep.Minute)).Select(Brief));
        Assert.Equal([(0, 9, 7, 15), (600, 2, null, 16)], (await ReadAsync(ActivityStep.TenMinutes)).Select(Brief));
    }

    [Fact]
    public async Task Each_step_is_kept_for_its_time()
    {
        await Store.SaveAsync([Sample(0, published: 1)]);
        await Store.SaveAsync([Sample(0, published: 2) with { At = Start + TimeSpan.FromHours(3) }]);
        Assert.Equal([10_800], (await ReadAsync(ActivityStep.TenSeconds)).Select(Second));
        Assert.Equal([0, 10_800], (await ReadAsync(ActivityStep.Minute)).Select(Second));
        await Store.SaveAsync([Sample(0, published: 4) with { At = Start + TimeSpan.FromDays(8) }]);
        Assert.Single(await ReadAsync(ActivityStep.Minute));
        Assert.Equal([(0, 0, null, 1), (10_800, 0, null, 2), (691_200, 0, null, 4)], (await ReadAsync(ActivityStep.TenMinutes)).Select(Brief));
    }

    [Fact]
    public async Task Shares_count_each_topic_and_each_severity_of_the_newest()
    {
        await Hub.PublishAsync("too early", "a");
        Time.Advance(TimeSpan.FromMinutes(1));
        await Hub.PublishAsync(Drafts.Text("x", "a", "b") with { Title = "x", Severity = "critical" });
        await Hub.PublishAsync(Drafts.Text("x", "b") with { Title = "x", Severity = "info" });
        var plain = await Hub.PublishAsync(Drafts.Text("x", "c"));
        await Hub.Hub.RetractAsync(plain.Id, "tester", Cancellation);
        var all = await Store.ReadSharesAsync(Start.AddMinutes(1), 3, Cancellation);
        Assert.Equal((3, true), (all.Counted, all.IsExact));
        Assert.Equal([new("b", 2), new("a", 1), new("c", 1)], all.Topics);
        Assert.Equal([("", 1), ("critical", 1), ("info", 1)], all.Severities.Select(pair => (pair.Key, pair.Value)).Order());
        var newest = await Store.ReadSharesAsync(Start, 2, Cancellation);
        Assert.Equal((2, false), (newest.Counted, newest.IsExact));
        Assert.Equal([new("b", 1), new("c", 1)], newest.Topics);
    }

    private Task<IReadOnlyList<ActivitySample>> ReadAsync(ActivityStep step) => Store.ReadAsync(step, Start, Cancellation);

    private static ActivitySample Sample(int second, long streams = 0, long published = 0, long? unread = null) =>
        new(Start.AddSeconds(second), streams, 0, 0, 0, unread, published, 0, 0, 0, 0, 0, 0);

    private static int Second(ActivitySample sample) => (int)(sample.At - Start).TotalSeconds;

    private static (int Second, long Streams, long? Unread, long Published) Brief(ActivitySample sample) => (Second(sample), sample.Streams, sample.Unread, sample.Published);
}
