using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store of inboxes.</summary>
public abstract class InboxStoreContract : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private TestHub _hub = null!;
    private IInboxStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Recipient Alice { get; } = Recipient("alice");

    private protected abstract IInboxStore Open(TestHub hub, TimeProvider time, InboxOptions options);

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.StartAsync(time: _time);
        _store = Open(_hub, _time, new());
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task New_recipient_starts_with_earlier_shared_notifications_read_and_own_ones_unread()
    {
        await PublishAsync("old", "broadcast");
        var own = await PublishAsync("own", "users/alice");
        var both = await PublishAsync("both", "broadcast", "users/alice");
        Assert.Equal((2, 2), await CountsAsync());
        await PublishAsync("new", "broadcast");
        Assert.Equal((3, 3), await CountsAsync());
        Assert.Equal([("new", false), ("both", false), ("own", false), ("old", true)], (await ListAsync()).Select(item => (Text(item), item.Read)));
        await MarkAsync(InboxAction.Read, own, both);
        Assert.Equal((1, 1), await CountsAsync());
    }

    [Fact]
    public async Task New_recipient_starts_with_the_configured_days_of_shared_notifications_unread()
    {
        var store = Open(_hub, _time, new() { StartDaysBack = 2 });
        await PublishAsync("three days old", "broadcast");
        _time.Advance(TimeSpan.FromDays(2));
        await PublishAsync("a day old", "broadcast");
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await store.CountAsync(Alice, Cancellation)).Unread);
    }

    [Fact]
    public async Task A_topic_that_joins_the_inbox_later_starts_at_the_head()
    {
        await CountsAsync();
        await PublishAsync("before", "orders/7");
        var wider = Recipient("alice", "orders/7");
        Assert.Equal(0, (await _store.CountAsync(wider, Cancellation)).Unread);
        await PublishAsync("after", "orders/7");
        Assert.Equal(1, (await _store.CountAsync(wider, Cancellation)).Topics["orders/7"].Unread);
        Assert.Equal((0, 0), await CountsAsync());
    }

    [Fact]
    public async Task Marks_up_to_a_sequence_leave_later_notifications_unchanged()
    {
        await CountsAsync();
        await PublishAsync("1", "broadcast");
        var saw = await PublishAsync("2", "users/alice");
        await PublishAsync("3", "broadcast");
        await UpToAsync(InboxAction.Seen, saw);
        Assert.Equal((1, 3), await CountsAsync());
        await UpToAsync(InboxAction.Read, saw);
        await UpToAsync(InboxAction.Read, saw);
        Assert.Equal((1, 1), await CountsAsync());
        await _store.MarkAsync(Alice, new(InboxAction.Read, [], long.MaxValue));
        await PublishAsync("4", "broadcast");
        Assert.Equal((1, 1), await CountsAsync());
    }

    [Fact]
    public async Task Single_marks_work_on_either_side_of_the_watermark()
    {
        await CountsAsync();
        var first = await PublishAsync("1", "broadcast");
        var second = await PublishAsync("2", "broadcast");
        await UpToAsync(InboxAction.Read, second);
        var third = await PublishAsync("3", "broadcast");
        await PublishAsync("4", "broadcast");
        await MarkAsync(InboxAction.Unread, first);
        await MarkAsync(InboxAction.Read, third);
        Assert.Equal((1, 2), await CountsAsync());
        Assert.Equal(["4", "1"], (await ListAsync(InboxTab.Unread)).Select(Text));
        await UpToAsync(InboxAction.Read, second);
        Assert.Equal(["4"], (await ListAsync(InboxTab.Unread)).Select(Text));
    }

    [Fact]
    public async Task Notification_counts_once_in_the_sums_and_once_in_each_of_its_topics()
    {
        var recipient = Recipient("alice", "a", "b");
        await _store.CountAsync(recipient, Cancellation);
        await PublishAsync("1", "a", "b");
        await PublishAsync("2", "b", "elsewhere");
        await _hub.DispatchedAsync();
        var counts = await _store.CountAsync(recipient, Cancellation);
        Assert.Equal((2, 1, 2, 0), (counts.Unread, counts.Topics["a"].Unread, counts.Topics["b"].Unread, counts.Topics["broadcast"].Unread));
        Assert.Equal(_hub.Hub.Epochs.CursorOf(_hub.Hub.LastDispatched).ToString(), counts.CountsAt);
    }

    [Fact]
    public async Task Archived_and_snoozed_notifications_do_not_count_until_they_return()
    {
        await CountsAsync();
        var archived = await PublishAsync("archived", "broadcast");
        var away = await PublishAsync("away", "broadcast");
        await MarkAsync(InboxAction.Read, away);
        await MarkAsync(InboxAction.Archive, archived);
        await _store.MarkAsync(Alice, new(InboxAction.Snooze, [away], Until: _time.GetUtcNow().AddHours(1)));
        Assert.Equal((0, 0), await CountsAsync());
        Assert.Empty(await ListAsync());
        Assert.Equal(["archived"], (await ListAsync(InboxTab.Archived)).Select(Text));
        // It was snoozed, so it was not visible when all were marked as read.
        await UpToAsync(InboxAction.Read, away);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((1, 1), await CountsAsync());
        Assert.Equal(["away"], (await ListAsync(InboxTab.Unread)).Select(Text));
        await MarkAsync(InboxAction.Unarchive, archived);
        Assert.Equal(["away", "archived"], (await ListAsync()).Select(Text));
        Assert.Equal((1, 1), await CountsAsync());
    }

    [Fact]
    public async Task Retracted_and_expired_notifications_do_not_count()
    {
        await CountsAsync();
        var retracted = await PublishAsync("retracted", "broadcast");
        await _hub.PublishAsync(Drafts.Text("expires", "broadcast") with { ExpiresAt = _time.GetUtcNow().AddMinutes(1) });
        await _hub.PublishAsync(Drafts.Text("collapsed", "broadcast") with { CollapseKey = "k" });
        await _hub.PublishAsync(Drafts.Text("replaces it", "broadcast") with { CollapseKey = "k" });
        var trimmed = await PublishAsync("trimmed", "broadcast");
        await MarkAsync(InboxAction.Unread, trimmed, retracted);
        Assert.Equal((2, 4), await CountsAsync());
        await _hub.Hub.RetractAsync(_hub.Hub.Epochs.CursorOf(retracted), "tester", Cancellation);
        await _hub.Hub.TrimAsync([trimmed]);
        // Its expiry is not appended to the log yet.
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((1, 1), await CountsAsync());
        Assert.Equal(["replaces it"], (await ListAsync()).Select(Text));
    }

    [Fact]
    public async Task Scheduled_notification_counts_once_it_is_published()
    {
        await CountsAsync();
        await _hub.Hub.ScheduleAsync(Drafts.Text("later", "broadcast"), _time.GetUtcNow().AddMinutes(1), "tester", cancellation: Cancellation);
        Assert.Equal((0, 0), await CountsAsync());
        _time.Advance(TimeSpan.FromMinutes(1));
        await _hub.Hub.ProcessDueAsync(Cancellation);
        Assert.Equal((1, 1), await CountsAsync());
    }

    [Fact]
    public async Task Private_notifications_are_visible_only_with_the_grant()
    {
        var granted = Recipient("alice", "orders/7") with { Granted = new(["users/alice", "shop"]) };
        await _store.CountAsync(granted, Cancellation);
        await PublishPrivateAsync("not granted", "orders/7");
        await PublishPrivateAsync("by another topic", "broadcast", "shop");
        await PublishPrivateAsync("by another's", "users/bob");
        var own = await PublishPrivateAsync("hers", "users/alice");
        Assert.Equal(2, (await _store.CountAsync(granted, Cancellation)).Unread);
        Assert.Equal(["hers", "by another topic"], (await _store.ReadAsync(granted, InboxTab.All, null, 10, Cancellation)).Items.Select(Text));
        // A mark on a notification outside the recipient's grant must not make it visible.
        await _store.MarkAsync(granted, new(InboxAction.Archive, [own - 3, own - 1]));
        Assert.Empty((await _store.ReadAsync(granted, InboxTab.Archived, null, 10, Cancellation)).Items);
    }

    [Fact]
    public async Task Counts_stop_at_a_hundred()
    {
        await CountsAsync();
        for (var i = 0; i < 3; i++) await _hub.Hub.PublishAsync([.. Enumerable.Range(0, 50).Select(n => Drafts.Text($"{n}", "broadcast"))], "tester", null, cancellation: Cancellation);
        Assert.Equal((100, 100), await CountsAsync());
        // The 60 newest are marked as seen one by one; the 90 older ones remain unseen.
        await MarkAsync(InboxAction.Seen, [.. (await ListAsync(limit: 60)).Select(item => item.Notification.Id.Sequence)]);
        Assert.Equal((90, 100), await CountsAsync());
    }

    [Fact]
    public async Task Muted_notifications_are_listed_and_not_counted()
    {
        await CountsAsync();
        await _store.SavePreferencesAsync(Alice, new() { Muted = new() { Topics = ["broadcast"] } });
        await PublishAsync("muted", "broadcast");
        await _hub.PublishAsync(new NotificationDraft { Title = "critical", Severity = Severity.Critical });
        Assert.Equal((1, 1), await CountsAsync());
        Assert.Equal([false, true], (await ListAsync(InboxTab.Unread)).Select(item => item.Muted));
        Assert.Equal("broadcast", Assert.Single((await _store.ReadStateAsync(Alice, Cancellation)).Preferences.Muted.Topics));
        Assert.Empty((await _store.ReadStateAsync(Recipient("bob"), Cancellation)).Preferences.Muted.Topics);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Pages_contain_every_notification_once(int limit)
    {
        var recipient = Recipient("alice", "a", "b");
        for (var i = 0; i < 10; i++) await _hub.PublishAsync($"{i}", (i % 4) switch { 0 => ["a", "b"], 1 => ["a"], 2 => ["b"], _ => ["broadcast"] });
        var found = new List<string>();
        for (long? before = null; ;)
        {
            var page = await _store.ReadAsync(recipient, InboxTab.All, before, limit, Cancellation);
            found.AddRange(page.Items.Select(Text));
            Assert.True(page.Items.Count <= limit);
            if (page.Next is not { } next) break;
            before = next;
        }
        Assert.Equal(Enumerable.Range(0, 10).Reverse().Select(i => $"{i}"), found);
    }

    [Fact]
    public async Task Recipients_do_not_see_each_others_marks()
    {
        var shared = await PublishAsync("1", "users/alice", "users/bob");
        await MarkAsync(InboxAction.Read, shared);
        Assert.Equal((0, 0), await CountsAsync());
        Assert.Equal(1, (await _store.CountAsync(Recipient("bob"), Cancellation)).Unread);
    }

    private static Recipient Recipient(string sub, params string[] further) =>
        new(sub, ["broadcast", "users/" + sub, .. further]) { OwnTopic = "users/" + sub, Granted = new(["users/" + sub, .. further]) };

    private static string Text(InboxItem item) => item.Notification.Draft.Title ?? item.Notification.Draft.Data!.Value.Text;

    private async Task<long> PublishAsync(string text, params string[] topics) => (await _hub.PublishAsync(text, topics)).Id.Sequence;

    private async Task<long> PublishPrivateAsync(string text, params string[] topics) => (await _hub.PublishAsync(Drafts.Text(text, topics) with { Private = true })).Id.Sequence;

    private Task MarkAsync(InboxAction act, params long[] sequences) => _store.MarkAsync(Alice, new(act, sequences));

    private Task UpToAsync(InboxAction act, long through) => _store.MarkAsync(Alice, new(act, [], through));

    private async Task<(int Unseen, int Unread)> CountsAsync()
    {
        await _hub.DispatchedAsync();
        var counts = await _store.CountAsync(Alice, Cancellation);
        return (counts.Unseen, counts.Unread);
    }

    private async Task<IReadOnlyList<InboxItem>> ListAsync(InboxTab tab = InboxTab.All, int limit = 20) => (await _store.ReadAsync(Alice, tab, null, limit, Cancellation)).Items;
}
