using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Counts what is unseen and unread, topic by topic and each notification once in the sums; looks at no more than the counts need.</summary>
internal sealed class InboxCounting(InboxReading reading)
{
    /// <param name="of">The topics that count; others than those of the inbox do not.</param>
    public InboxCounts Count(IReadOnlyCollection<string> of)
    {
        var raised = new List<InboxRow>();
        reading.Walk(InboxReading.OfRaised, null, 0, long.MaxValue, row =>
        {
            if (Counts(row)) raised.Add(row);
            return true;
        });
        var (unseen, unread, topics) = (new HashSet<long>(), new HashSet<long>(), new Dictionary<string, TopicCounts>(StringComparer.Ordinal));
        foreach (var topic in reading.Topics.Where(of.Contains))
        {
            var (ofUnseen, ofUnread) = CountTopic(topic, raised);
            unseen.UnionWith(ofUnseen);
            unread.UnionWith(ofUnread);
            topics[topic] = new(Stopped(ofUnseen), Stopped(ofUnread));
        }
        return new(reading.Head.ToString(), Stopped(unseen), Stopped(unread), topics);
    }

    private (HashSet<long> Unseen, HashSet<long> Unread) CountTopic(string topic, List<InboxRow> raised)
    {
        var (unseen, unread, watermark) = (new HashSet<long>(), new HashSet<long>(), reading.WatermarkOf(topic));
        foreach (var row in raised)
        {
            if (row.Topics.Contains(topic)) Add(row);
        }
        // Newest first: what is unseen comes before what is only unread.
        reading.Walk(InboxReading.OfTopic, topic, watermark.Read, long.MaxValue, row =>
        {
            if (Counts(row)) Add(row);
            return unread.Count < InboxCounts.Most || (unseen.Count < InboxCounts.Most && row.Sequence > watermark.Seen);
        });
        return (unseen, unread);

        void Add(InboxRow row)
        {
            if (reading.IsUnread(row, topic)) unread.Add(row.Sequence);
            if (reading.IsUnseen(row, topic)) unseen.Add(row.Sequence);
        }
    }

    private bool Counts(InboxRow row) => !row.IsArchived && !reading.IsAway(row) && !reading.IsMuted(row);

    private static int Stopped(HashSet<long> found) => Math.Min(found.Count, InboxCounts.Most);
}
