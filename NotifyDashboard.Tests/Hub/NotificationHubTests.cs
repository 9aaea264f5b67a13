using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public class NotificationHubTests
{
    [Fact]
    public async Task Many_publishers_at_once_give_one_order_for_every_subscriber()
    {
        const int publishers = 8, each = 50;
        await using var hub = await TestHub.StartAsync();
        var listeners = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Listener.JoinAsync(hub.Hub, "t", $"own/{i}")));
        var published = await Task.WhenAll(Enumerable.Range(0, publishers).Select(p => Task.Run(async () =>
        {
            var mine = new List<Notification>();
            for (var i = 0; i < each; i++) mine.Add(await hub.PublishAsync($"{p}/{i}", "t"));
            return mine;
        })));
        foreach (var mine in published)
            Assert.Equal(mine.Select(n => n.Id.Sequence).Order(), mine.Select(n => n.Id.Sequence));
        var order = published.SelectMany(m => m).OrderBy(n => n.Id.Sequence).Select(n => (n.Id, n.Draft.Data)).ToArray();
        Assert.Equal(Enumerable.Range(1, publishers * each), order.Select(o => (int)o.Id.Sequence));
        foreach (var listener in listeners)
        {
            var frames = await listener.TakeAsync(publishers * each);
            Assert.Equal(order, frames.Select(f => (f.Notification.Id, f.Notification.Draft.Data)));
            Assert.Equal(0, listener.Left);
        }
    }

    [Fact]
    public async Task Notification_is_encoded_once_per_wire_form_for_any_number_of_subscribers()
    {
        await using var hub = await TestHub.StartAsync();
        var filter = new TopicFilter(["t"]);
        var listeners = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Listener.JoinAsync(hub.Hub, filter, i % 2 == 0 ? WireForm.Plain : WireForm.Envelope)));
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => hub.PublishAsync($"{i}", "t")));
        foreach (var listener in listeners) await listener.TakeAsync(30);
        Assert.Equal(60, hub.Encoder.Encodes.Count);
        Assert.All(hub.Encoder.Encodes.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Notification_without_subscribers_is_not_encoded()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.PublishAsync("x", "t");
        await hub.DispatchedAsync();
        Assert.Empty(hub.Encoder.Encodes);
    }

    [Fact]
    public async Task Stuck_subscriber_delays_nobody_and_misses_nothing_when_it_resumes()
    {
        await using var hub = await TestHub.StartAsync(new HubOptions { HotTailBytes = 8_000 });
        var stuck = await Listener.JoinAsync(hub.Hub, "t");
        var other = await Listener.JoinAsync(hub.Hub, "t");
        await hub.PublishAsync("1", "t");
        await stuck.TakeAsync(1);
        stuck.StandStill();
        for (var i = 2; i <= 200; i++) await hub.PublishAsync($"{i}", i % 3 == 0 ? "elsewhere" : "t");
        var expected = Enumerable.Range(1, 200).Where(i => i == 1 || i % 3 != 0).ToArray();
        Assert.Equal(expected, (await other.TakeAsync(expected.Length)).Select(f => (int)f.Sequence));

        stuck.GoOn();
        Assert.Equal(expected[1..], (await stuck.TakeAsync(expected.Length - 1)).Select(f => (int)f.Sequence));
        Assert.InRange(stuck.LogReads, 1, 100);
        var reads = stuck.LogReads;
        await hub.PublishAsync("live", "t");
        Assert.Equal(201, Assert.Single(await stuck.TakeAsync(1)).Sequence);
        Assert.Equal((reads, 0), (stuck.LogReads, stuck.Left));
    }

    [Fact]
    public async Task Subscriber_that_catches_up_during_publishes_gets_each_notification_once_in_order()
    {
        const int all = 2_000;
        await using var hub = await TestHub.StartAsync(new HubOptions { HotTailBytes = 3_000 });
        for (var i = 0; i < 200; i++) await hub.PublishAsync("x", "t");
        var publishing = Task.Run(() => Task.WhenAll(Enumerable.Range(0, all - 200).Select(_ => hub.PublishAsync("x", "t"))));
        var late = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Listener.JoinAsync(hub.Hub, new TopicFilter(["t"]), WireForm.Plain, "earliest")));
        foreach (var listener in late)
        {
            Assert.Equal(Enumerable.Range(1, all), (await listener.TakeAsync(all)).Select(f => (int)f.Sequence));
            Assert.Equal(0, listener.Left);
        }
        await publishing;
    }

    [Fact]
    public async Task Frame_counts_the_subscribers_it_was_offered_to()
    {
        await using var hub = await TestHub.StartAsync();
        var listener = await Listener.JoinAsync(hub.Hub, "t", "u");
        await Listener.JoinAsync(hub.Hub, "t");
        await hub.PublishAsync("x", "t", "u");
        var frame = Assert.Single(await listener.TakeAsync(1));
        await hub.DispatchedAsync();
        Assert.Equal(2, frame.Offered);
    }

    [Fact]
    public async Task Removed_subscriber_is_offered_nothing()
    {
        await using var hub = await TestHub.StartAsync();
        var listener = await Listener.JoinAsync(hub.Hub, "t");
        await hub.Hub.UnsubscribeAsync(listener.Subscriber);
        await hub.PublishAsync("x", "t");
        Assert.Equal(default, await hub.Hub.CountReachedAsync(Drafts.Text("", "t")));
        Assert.False(listener.Subscriber.HasPending);
    }

    [Fact]
    public async Task Store_failure_fails_the_publish_and_later_publishes_succeed()
    {
        await using var hub = await TestHub.StartAsync();
        var listener = await Listener.JoinAsync(hub.Hub, "t");
        foreach (var error in new Exception[] { new StoreUnavailableException("full"), new IOException("disk") })
        {
            hub.Log.OnAppend = () => throw error;
            await Assert.ThrowsAsync<StoreUnavailableException>(() => hub.PublishAsync("lost", "t"));
        }
        hub.Log.OnAppend = null;
        var kept = await hub.PublishAsync("kept", "t");
        Assert.Equal(1, kept.Id.Sequence);
        Assert.Equal(kept.Id, Assert.Single(await listener.TakeAsync(1)).Notification.Id);
    }

    [Fact]
    public async Task Invalid_draft_is_refused_and_does_not_affect_concurrent_publishes()
    {
        await using var hub = await TestHub.StartAsync();
        var good = Enumerable.Range(0, 20).Select(i => hub.PublishAsync($"{i}", "t")).ToArray();
        var refused = await Assert.ThrowsAsync<InvalidDraftException>(() => hub.PublishAsync(Drafts.Text("x", "t") with { Type = "hub.bye" }));
        Assert.Equal("type_reserved", Assert.Single(refused.Errors).Rule);
        Assert.Equal(20, (await Task.WhenAll(good)).Length);
    }

    [Fact]
    public async Task Publish_and_subscribe_after_disposal_fail_and_accepted_publishes_complete()
    {
        await using var hub = await TestHub.StartAsync();
        var accepted = Enumerable.Range(0, 50).Select(i => hub.PublishAsync($"{i}", "t")).ToArray();
        await hub.Hub.DisposeAsync();
        Assert.Equal(50, (await Task.WhenAll(accepted)).Length);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => hub.PublishAsync("late", "t"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Listener.JoinAsync(hub.Hub, "t"));
    }

    [Fact]
    public async Task Published_notification_has_its_publisher_and_its_time_in_milliseconds()
    {
        var time = new ManualTime();
        await using var hub = await TestHub.StartAsync(time: time);
        time.Advance(TimeSpan.FromTicks(12_345_678));
        var published = await hub.PublishAsync("x", "t");
        Assert.Equal(("2026-01-31T12:00:01.234Z", "tester"), (published.PublishedAtText, published.PublishedBy));
        Assert.Equal(published.PublishedAt, (await hub.Log.FindAsync(published.Id, TestContext.Current.CancellationToken))!.PublishedAt);
    }

    [Fact]
    public async Task Watchers_see_each_entry_in_order_even_if_another_watcher_throws()
    {
        await using var hub = await TestHub.StartAsync();
        var seen = new List<long>();
        using var failing = hub.Hub.Watch(_ => throw new InvalidOperationException("a watcher's own error"));
        using (hub.Hub.Watch(entry => seen.Add(entry.Cursor.Sequence)))
        {
            for (var i = 0; i < 3; i++) await hub.PublishAsync("x", "t");
            await hub.DispatchedAsync();
        }
        await hub.PublishAsync("x", "t");
        await hub.DispatchedAsync();
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public async Task Topics_are_suggested_from_published_notifications_and_from_subscribers()
    {
        await using var hub = await TestHub.StartAsync();
        await Listener.JoinAsync(hub.Hub, "orders/2", "orders/3");
        await hub.PublishAsync("x", "orders/1", "orders/2", "users/1");
        Assert.Equal(["orders/1", "orders/2", "orders/3"], (await hub.Hub.SuggestTopicsAsync("orders/", 10, TestContext.Current.CancellationToken)).Select(s => s.Topic));
        Assert.Equal(["orders/1", "orders/2"], (await hub.Hub.SuggestTopicsAsync("", 2, TestContext.Current.CancellationToken)).Select(s => s.Topic));
    }

    [Fact]
    public async Task A_series_is_published_one_by_one_and_can_be_cancelled()
    {
        var time = new ManualTime();
        await using var hub = await TestHub.StartAsync(time: time);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var drafts = NotificationSeries.RepeatAsync(Drafts.Text("x", "t"), 5, TimeSpan.FromSeconds(10), time, cancelling.Token);
        await using var series = hub.Hub.PublishSeriesAsync(drafts, "tester", cancelling.Token).GetAsyncEnumerator(cancelling.Token);
        Assert.True(await series.MoveNextAsync());
        Assert.Equal(1, series.Current.Id.Sequence);
        var second = series.MoveNextAsync();
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await second);
        Assert.Equal((2, Drafts.Noon.AddSeconds(10)), (series.Current.Id.Sequence, series.Current.PublishedAt));
        var third = series.MoveNextAsync();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await third);
        Assert.Equal(3, (await hub.PublishAsync("after", "t")).Id.Sequence);
    }
}
