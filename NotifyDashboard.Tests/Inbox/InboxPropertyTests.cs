using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Inbox;

/// <summary>Whatever is published, at once or later, changed, replaced, marked, muted and taken back in whatever order: counts and lists are what a flag on every notification would say.</summary>
public class InboxPropertyTests
{
    private static readonly string[][] Topics = [["broadcast"], ["users/alice"], ["a"], ["a", "broadcast"], ["users/bob"]];

    [Fact]
    public void Inbox_counts_and_lists_agree_with_a_model_of_flags_per_notification() =>
        Prop.ForAll(Gen.Choose(0, 99_999).ArrayOf(80).ToArbitrary(), Run).Check(Config.QuickThrowOnFailure.WithMaxTest(Effort.Of(8, thorough: 100)));

    private static void Run(int[] steps) => Task.Run(() => RunAsync(steps)).GetAwaiter().GetResult();

    private static async Task RunAsync(int[] steps)
    {
        var time = new ManualTime();
        await using var hub = await TestHub.StartAsync(time: time);
        var (store, cancellation) = (hub.Inboxes(), TestContext.Current.CancellationToken);
        var alice = new Recipient("alice", ["broadcast", "users/alice", "a"]) { OwnTopic = "users/alice", Granted = new(["users/alice", "a"]) };
        await store.CountAsync(alice, cancellation);
        var all = new SortedDictionary<long, Model>();
        var (waiting, rules) = (new List<string>(), InboxPreferences.None);
        foreach (var step in steps)
        {
            var (kind, which) = (step % 20, step / 20);
            var chosen = all.Count > 0 ? all.ElementAt(which % all.Count) : default;
            if (kind < 6)
            {
                Keep(await hub.PublishAsync(Draft(which)));
            }
            else if (kind == 6)
            {
                time.Advance(TimeSpan.FromMinutes(which % 3));
            }
            else if (kind == 16)
            {
                waiting.Add((await hub.Hub.ScheduleAsync(Draft(which), time.GetUtcNow().AddMinutes((which % 4) + 1), "tester", cancellation: cancellation)).Id);
            }
            else if (kind == 17)
            {
                await hub.Hub.ProcessDueAsync(cancellation);
                var ended = (await Task.WhenAll(waiting.Select(id => hub.Schedule.FindAsync(id, cancellation)))).Where(one => one!.EndedAt is not null).ToList();
                foreach (var fired in ended.Where(one => one!.PublishedAs is not null).OrderBy(one => one!.PublishedAs!.Value.Sequence)) Keep((await hub.Log.FindAsync(fired!.PublishedAs!.Value, cancellation))!);
                waiting.RemoveAll(ended.Select(one => one!.Id).Contains);
            }
            else if (kind == 18)
            {
                var clock = time.GetUtcNow();
                rules = new()
                {
                    Muted = new() { Topics = (which % 4) switch { 0 => ["a"], 1 => ["a", "broadcast"], _ => [] }, Types = which % 5 == 0 ? ["chat"] : [] },
                    QuietHours = which % 3 == 0 ? new(Clock(clock), Clock(clock.AddMinutes(2)), "UTC") : null,
                    CriticalBreaksThrough = which % 2 == 0,
                };
                await store.SavePreferencesAsync(alice, rules);
            }
            else if (chosen.Value is { } model)
            {
                await ActAsync(kind, which, chosen.Key, model);
            }
            await CheckAsync();
        }

        NotificationDraft Draft(int which) => new()
        {
            Topics = Topics[which % Topics.Length],
            Type = which % 4 == 0 ? "chat" : "notification",
            Title = $"{which}",
            Severity = which % 6 == 0 ? Severity.Critical : null,
            Private = which % 3 == 0,
            CollapseKey = which % 8 == 0 ? "same" : null,
            ExpiresAt = which % 7 == 0 ? time.GetUtcNow().AddMinutes((which % 5) + 5) : null,
        };

        void Keep(Notification published)
        {
            var draft = published.Draft;
            // The older one of its key, topics and audience makes room.
            if (draft.CollapseKey is not null)
            {
                foreach (var older in all.Values.Where(one => one.Draft.CollapseKey is not null && one.Draft.Private == draft.Private && one.Draft.Topics.SequenceEqual(draft.Topics))) older.IsOver = true;
            }
            // Two of one key that were due together: the first is over, and its text gone, before it is read here.
            all.Add(published.Id.Sequence, new Model(draft, published.PublishedAt) { IsOver = published.Retraction is not null });
        }

        async Task ActAsync(int kind, int which, long id, Model model)
        {
            switch (kind)
            {
                case 7:
                    await hub.Hub.RetractAsync(hub.Hub.Epochs.CursorOf(id), "tester", cancellation);
                    model.IsOver = true;
                    break;
                case 8:
                    await hub.Hub.TrimAsync([id]);
                    all.Remove(id);
                    break;
                case 9 or 10:
                    var act = kind == 9 ? InboxAction.Seen : InboxAction.Read;
                    string[]? topics = (which % 4) switch { 0 => ["a"], 1 => ["broadcast", "elsewhere"], _ => null };
                    await store.MarkAsync(alice, new(act, [], id, Topics: topics));
                    foreach (var (_, one) in all.Where(one => one.Key <= id && !(one.Value.Until > time.GetUtcNow()) && (topics is null || one.Value.Draft.Topics.Any(topics.Contains)))) one.Do(act);
                    break;
                case 19:
                    if (model.IsOver || model.Draft.ExpiresAt <= time.GetUtcNow()) break;
                    model.Draft = (await hub.Hub.UpdateAsync(hub.Hub.Epochs.CursorOf(id), "tester", draft => draft with { Title = "changed", Severity = which % 2 == 0 ? Severity.Critical : null, ExpiresAt = which % 3 == 0 ? time.GetUtcNow().AddMinutes(2) : draft.ExpiresAt }, cancellation)).Draft;
                    break;
                default:
                    var (single, until) = (which % 6 == 0 ? InboxAction.Seen : (InboxAction)(kind - 10), time.GetUtcNow().AddMinutes((which % 4) + 1));
                    if (kind - 10 == 5 || which % 5 == 0) single = InboxAction.Snooze;
                    await store.MarkAsync(alice, new(single, [id], Until: single == InboxAction.Snooze ? until : null));
                    model.Do(single, until);
                    break;
            }
        }

        async Task CheckAsync()
        {
            var now = time.GetUtcNow();
            var visible = all.Where(one => one.Value.IsVisible(alice, now)).ToList();
            var listed = visible.Where(one => !one.Value.IsArchived && !(one.Value.Until > now)).ToList();
            var counted = listed.Where(one => !one.Value.IsMuted(alice, rules)).ToList();
            var counts = await store.CountAsync(alice, cancellation);
            Assert.Equal((counted.Count(one => !one.Value.IsSeen), counted.Count(one => !one.Value.IsRead)), (counts.Unseen, counts.Unread));
            var some = await store.CountAsync(alice, ["a", "broadcast"], cancellation);
            var ofThem = counted.Where(one => one.Value.Draft.Topics.Any(topic => topic is "a" or "broadcast")).ToList();
            Assert.Equal((ofThem.Count(one => !one.Value.IsSeen), ofThem.Count(one => !one.Value.IsRead)), (some.Unseen, some.Unread));
            foreach (var topic in alice.InboxTopics)
                Assert.Equal(counted.Count(one => !one.Value.IsRead && one.Value.Draft.Topics.Contains(topic)), counts.Topics[topic].Unread);
            Assert.Equal(Rows(listed), await ListAsync(InboxTab.All));
            Assert.Equal(Rows(listed.Where(one => !one.Value.IsRead)), await ListAsync(InboxTab.Unread));
            Assert.Equal(Rows(visible.Where(one => one.Value.IsArchived)), await ListAsync(InboxTab.Archived));
        }

        IEnumerable<(long, bool, bool, bool)> Rows(IEnumerable<KeyValuePair<long, Model>> rows) => rows.Select(one => (one.Key, one.Value.IsSeen, one.Value.IsRead, one.Value.IsMuted(alice, rules))).Reverse();

        async Task<IEnumerable<(long, bool, bool, bool)>> ListAsync(InboxTab tab) =>
            (await store.ReadAsync(alice, tab, null, 100, cancellation)).Items.Select(item => (item.Notification.Id.Sequence, item.Seen, item.Read, item.Muted));
    }

    private static string Clock(DateTimeOffset time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private sealed class Model(NotificationDraft draft, DateTimeOffset publishedAt)
    {
        public NotificationDraft Draft { get; set; } = draft;

        public bool IsOver { get; set; }

        public bool IsSeen { get; private set; }

        public bool IsRead { get; private set; }

        public bool IsArchived { get; private set; }

        public DateTimeOffset? Until { get; private set; }

        public bool IsVisible(Recipient recipient, DateTimeOffset now) =>
            !IsOver && !(Draft.ExpiresAt <= now) && Draft.Topics.Any(recipient.InboxTopics.Contains) && (!Draft.Private || Draft.Topics.Any(recipient.Granted.MatchesTopic));

        public bool IsMuted(Recipient recipient, InboxPreferences rules)
        {
            if (Draft.Severity == Severity.Critical && rules.CriticalBreaksThrough) return false;
            var (asked, clock) = (Draft.Topics.Intersect(recipient.InboxTopics), Clock(publishedAt));
            return rules.Muted.Types.Contains(Draft.Type) || asked.All(rules.Muted.Topics.Contains) || (rules.QuietHours is { } quiet && string.CompareOrdinal(clock, quiet.From) >= 0 && string.CompareOrdinal(clock, quiet.To) < 0);
        }

        public void Do(InboxAction act, DateTimeOffset? until = null)
        {
            // One of another's inbox has no marks.
            if (Draft.Topics is ["users/bob"]) return;
            (IsSeen, IsRead) = act switch
            {
                InboxAction.Seen => (true, IsRead),
                InboxAction.Read => (true, true),
                InboxAction.Unread => (true, false),
                InboxAction.Snooze => (false, false),
                _ => (IsSeen, IsRead),
            };
            if (act is InboxAction.Archive or InboxAction.Unarchive or InboxAction.Snooze) IsArchived = act == InboxAction.Archive;
            if (act is InboxAction.Archive or InboxAction.Snooze) Until = act == InboxAction.Snooze ? until : null;
        }
    }
}
