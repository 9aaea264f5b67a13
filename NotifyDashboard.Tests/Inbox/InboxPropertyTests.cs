using FsCheck;
using FsCheck.Fluent;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Inbox;

/// <summary>Whatever is published, marked and taken back in whatever order: counts and lists are what a flag on every notification would say.</summary>
public class InboxPropertyTests
{
    private static readonly string[][] Topics = [["broadcast"], ["users/alice"], ["a"], ["a", "broadcast"], ["users/bob"]];

    [Fact]
    public void Counts_and_lists_agree_with_a_flag_on_every_notification() =>
        Prop.ForAll(Gen.Choose(0, 99_999).ArrayOf(60).ToArbitrary(), Run).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static void Run(int[] steps) => Task.Run(() => RunAsync(steps)).GetAwaiter().GetResult();

    private static async Task RunAsync(int[] steps)
    {
        var time = new ManualTime();
        await using var hub = await TestHub.StartAsync(time: time);
        var (store, cancellation) = (hub.Inboxes(), TestContext.Current.CancellationToken);
        var alice = new Recipient("alice", ["broadcast", "users/alice", "a"]) { OwnTopic = "users/alice", Granted = new(["users/alice", "a"]) };
        await store.CountAsync(alice, cancellation);
        var all = new SortedDictionary<long, Model>();
        foreach (var step in steps)
        {
            var (kind, which) = (step % 16, step / 16);
            var chosen = all.Count > 0 ? all.ElementAt(which % all.Count) : default;
            if (kind < 6)
            {
                var draft = Drafts.Text($"{step}", Topics[which % Topics.Length]) with { Private = which % 3 == 0, ExpiresAt = which % 7 == 0 ? time.GetUtcNow().AddMinutes((which % 5) + 1) : null };
                all.Add((await hub.PublishAsync(draft)).Id.Sequence, new Model(draft));
            }
            else if (kind == 6)
            {
                time.Advance(TimeSpan.FromMinutes(which % 3));
            }
            else if (chosen.Value is { } model)
            {
                await ActAsync(kind, which, chosen.Key, model);
            }
            await CheckAsync();
        }

        async Task ActAsync(int kind, int which, long id, Model model)
        {
            switch (kind)
            {
                case 7:
                    await hub.Hub.RetractAsync(hub.Hub.Epochs.At(id), "tester", cancellation);
                    model.IsOver = true;
                    break;
                case 8:
                    await hub.Hub.TrimAsync([id]);
                    all.Remove(id);
                    break;
                case 9 or 10:
                    var act = kind == 9 ? InboxAct.Seen : InboxAct.Read;
                    string[]? topics = (which % 4) switch { 0 => ["a"], 1 => ["broadcast", "elsewhere"], _ => null };
                    await store.MarkAsync(alice, new(act, [], id, Topics: topics));
                    foreach (var (_, one) in all.Where(one => one.Key <= id && !(one.Value.Until > time.GetUtcNow()) && (topics is null || one.Value.Draft.Topics.Any(topics.Contains)))) one.Do(act);
                    break;
                default:
                    var (single, until) = ((InboxAct)(kind - 10), time.GetUtcNow().AddMinutes((which % 4) + 1));
                    if (kind - 10 == 5 || which % 5 == 0) single = InboxAct.Snooze;
                    await store.MarkAsync(alice, new(single, [id], Until: single == InboxAct.Snooze ? until : null));
                    model.Do(single, until);
                    break;
            }
        }

        async Task CheckAsync()
        {
            var now = time.GetUtcNow();
            var visible = all.Where(one => one.Value.IsVisible(alice, now)).ToList();
            var counted = visible.Where(one => !one.Value.IsArchived && !(one.Value.Until > now)).ToList();
            var counts = await store.CountAsync(alice, cancellation);
            Assert.Equal((counted.Count(one => !one.Value.IsSeen), counted.Count(one => !one.Value.IsRead)), (counts.Unseen, counts.Unread));
            var some = await store.CountAsync(alice, ["a", "broadcast"], cancellation);
            var ofThem = counted.Where(one => one.Value.Draft.Topics.Any(topic => topic is "a" or "broadcast")).ToList();
            Assert.Equal((ofThem.Count(one => !one.Value.IsSeen), ofThem.Count(one => !one.Value.IsRead)), (some.Unseen, some.Unread));
            foreach (var topic in alice.InboxTopics)
                Assert.Equal(counted.Count(one => !one.Value.IsRead && one.Value.Draft.Topics.Contains(topic)), counts.Topics[topic].Unread);
            Assert.Equal(counted.Select(one => (one.Key, one.Value.IsSeen, one.Value.IsRead)).Reverse(), await ListAsync(InboxTab.All));
            Assert.Equal(counted.Where(one => !one.Value.IsRead).Select(one => (one.Key, one.Value.IsSeen, one.Value.IsRead)).Reverse(), await ListAsync(InboxTab.Unread));
            Assert.Equal(visible.Where(one => one.Value.IsArchived).Select(one => (one.Key, one.Value.IsSeen, one.Value.IsRead)).Reverse(), await ListAsync(InboxTab.Archived));
        }

        async Task<IEnumerable<(long, bool, bool)>> ListAsync(InboxTab tab) =>
            (await store.ReadAsync(alice, tab, null, 100, cancellation)).Items.Select(item => (item.Notification.Id.Sequence, item.Seen, item.Read));
    }

    private sealed class Model(NotificationDraft draft)
    {
        public NotificationDraft Draft { get; } = draft;

        public bool IsOver { get; set; }

        public bool IsSeen { get; private set; }

        public bool IsRead { get; private set; }

        public bool IsArchived { get; private set; }

        public DateTimeOffset? Until { get; private set; }

        public bool IsVisible(Recipient recipient, DateTimeOffset now) =>
            !IsOver && !(Draft.ExpiresAt <= now) && Draft.Topics.Any(recipient.InboxTopics.Contains) && (!Draft.Private || Draft.Topics.Any(recipient.Granted.MatchesTopic));

        public void Do(InboxAct act, DateTimeOffset? until = null)
        {
            // One of another's inbox has no marks.
            if (Draft.Topics is ["users/bob"]) return;
            (IsSeen, IsRead) = act switch
            {
                InboxAct.Seen => (true, IsRead),
                InboxAct.Read => (true, true),
                InboxAct.Unread => (true, false),
                InboxAct.Snooze => (false, false),
                _ => (IsSeen, IsRead),
            };
            if (act is InboxAct.Archive or InboxAct.Unarchive or InboxAct.Snooze) IsArchived = act == InboxAct.Archive;
            if (act is InboxAct.Archive or InboxAct.Snooze) Until = act == InboxAct.Snooze ? until : null;
        }
    }
}
