using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store that exports and erases the data of one recipient, whatever its database.</summary>
public abstract class RecipientDataContract : HubStoreContract
{
    private static readonly Actor Mara = new("mara", "10.0.0.1");

    private protected override IReadOnlyList<Func<Task>> Uses =>
    [
        () => ExportAsync("alice"),
        () => Hub.Recipients.EraseAsync("alice", Mara),
        () => Hub.Recipients.FindOwnAsync("users/alice", 10, Cancellation),
    ];

    [Fact]
    public async Task Export_has_the_marks_preferences_and_own_notifications_of_one_recipient()
    {
        await FillAsync("bob");
        Time.Advance(TimeSpan.FromDays(1));
        var (since, (own, shared)) = (Time.GetUtcNow(), await FillAsync("alice"));
        var data = await ExportAsync("alice");
        Assert.Equal(("alice", since), (data.Sub, data.Since));
        Assert.Equal(["quiet Zoë"], data.Preferences!.Muted.Topics);
        Assert.False(data.Preferences.CriticalBreaksThrough);
        Assert.Equal([new("broadcast", shared, shared), new("users/alice", shared, shared)], data.Topics);
        Assert.Equal([new(own, null, null, true, null), new(own + 1, false, false, false, since.AddHours(1)), new(shared, true, false, false, null)], data.Marks);
        Assert.Equal([own, own + 1], data.Notifications.Select(one => one.Id.Sequence));
        Assert.Equivalent(await Hub.Log.FindAsync(Hub.Hub.Epochs.CursorOf(own), Cancellation), data.Notifications[0], strict: true);
    }

    [Fact]
    public async Task Export_of_an_unknown_recipient_has_only_their_own_notifications()
    {
        await FillAsync("bob");
        var own = (await Hub.PublishAsync("for her", "users/alice")).Id;
        var data = await ExportAsync("alice");
        Assert.Equal((null, null), (data.Since, data.Preferences));
        Assert.Empty(data.Topics);
        Assert.Empty(data.Marks);
        Assert.Equal(own, Assert.Single(data.Notifications).Id);
        Assert.Null((await ExportAsync("Bob")).Since);
    }

    [Fact]
    public async Task Erasure_deletes_marks_and_preferences_of_one_recipient_and_keeps_the_notifications()
    {
        await FillAsync("bob");
        var (own, _) = await FillAsync("alice");
        var before = await ExportAsync("bob");
        Assert.True(await Hub.Recipients.EraseAsync("alice", Mara));
        Assert.False(await Hub.Recipients.EraseAsync("alice", Mara));
        var after = await ExportAsync("alice");
        Assert.Equal((null, null, 0, 0), (after.Since, after.Preferences, after.Topics.Count, after.Marks.Count));
        Assert.Equal([own, own + 1], after.Notifications.Select(one => one.Id.Sequence));
        Assert.Equivalent(before, await ExportAsync("bob"), strict: true);
        Assert.NotEmpty(before.Marks);
    }

    [Fact]
    public async Task Own_notifications_are_on_the_own_topic_only_and_come_oldest_first_up_to_the_limit()
    {
        var (own, _) = await FillAsync("alice");
        await Hub.PublishAsync("hers below", "users/alice/x");
        await Hub.Hub.UpdateAsync(Hub.Hub.Epochs.CursorOf(own), "tester", draft => draft with { Title = "new" }, Cancellation);
        var later = (await Hub.PublishAsync("later", "users/alice")).Id.Sequence;
        Assert.Equal([own, own + 1, later], await FindOwnAsync("users/alice", 10));
        Assert.Equal([own, own + 1], await FindOwnAsync("users/alice", 2));
        Assert.Empty(await FindOwnAsync("users/Alice", 10));
        Assert.Equal([own, own + 1, later], (await ExportAsync("alice")).Notifications.Select(one => one.Id.Sequence));
    }

    [Fact]
    public async Task Export_and_erasure_are_audited_without_the_recipients_name()
    {
        await ExportAsync("alice");
        await Hub.Recipients.EraseAsync("alice", Mara);
        const string hash = "sha256 2bd806c97f0e00af";
        Assert.Equal([new(AuditActions.RecipientErased, Mara, hash), new(AuditActions.RecipientExported, Mara, hash)], await AuditedAsync());
    }

    [Fact]
    public async Task Ended_session_exports_nothing_and_erases_nothing()
    {
        await FillAsync("alice");
        var ended = Mara with { Session = "ended" };
        await Assert.ThrowsAsync<SessionEndedException>(() => Hub.Recipients.ReadAsync("alice", "users/alice", ended, Cancellation));
        await Assert.ThrowsAsync<SessionEndedException>(() => Hub.Recipients.EraseAsync("alice", ended));
        Assert.Empty(await AuditedAsync());
        Assert.NotEmpty((await ExportAsync("alice")).Marks);
    }

    /// <summary>Two own notifications, one archived and one snoozed, and a shared one that was read and marked as unread.</summary>
    private async Task<(long Own, long Shared)> FillAsync(string sub)
    {
        var (topic, inboxes) = ("users/" + sub, Hub.Inboxes());
        var recipient = new Recipient(sub, ["broadcast", topic]) { OwnTopic = topic, Granted = new([topic]) };
        await inboxes.CountAsync(recipient, Cancellation);
        var own = (await Hub.PublishAsync(Drafts.Full with { Topics = [topic] })).Id.Sequence;
        var away = (await Hub.PublishAsync("away", topic)).Id.Sequence;
        var shared = (await Hub.PublishAsync("shared", "broadcast", topic)).Id.Sequence;
        await Hub.DispatchedAsync();
        await inboxes.MarkAsync(recipient, new(InboxAction.Read, [], shared));
        await inboxes.MarkAsync(recipient, new(InboxAction.Archive, [own]));
        await inboxes.MarkAsync(recipient, new(InboxAction.Snooze, [away], Until: Time.GetUtcNow().AddHours(1)));
        await inboxes.MarkAsync(recipient, new(InboxAction.Unread, [shared]));
        await inboxes.SavePreferencesAsync(recipient, new() { Muted = new() { Topics = ["quiet Zoë"] }, CriticalBreaksThrough = false });
        return (own, shared);
    }

    private Task<RecipientData> ExportAsync(string sub) => Hub.Recipients.ReadAsync(sub, "users/" + sub, Mara, Cancellation);

    private Task<IReadOnlyList<long>> FindOwnAsync(string topic, int limit) => Hub.Recipients.FindOwnAsync(topic, limit, Cancellation);
}
