using NotifyDashboard.Hub;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Counts what is unseen and unread by topic. The sums count each notification once. It reads no more rows than the counts need.</summary>
internal sealed class InboxCounting(InboxReading reading)
{
    /// <param name="of">The topics to count; those outside the inbox are ignored.</param>
    public InboxCounts Count(IReadOnlyCollection<string> of)
    {
        var markedUnread = new List<InboxRow>();
        reading.Walk(InboxStatements.MarkedUnread, null, 0, long.MaxValue, row =>
        {
            if (Counts(row)) markedUnread.Add(row);
            return true;
        });
        var (unseen, unread, topics) = (new HashSet<long>(), new HashSet<long>(), new Dictionary<string, TopicCounts>(StringComparer.Ordinal));
        foreach (var topic in reading.Topics.Where(of.Contains))
        {
            var (ofUnseen, ofUnread) = CountTopic(topic, markedUnread);
            unseen.UnionWith(ofUnseen);
            unread.UnionWith(ofUnread);
            topics[topic] = new(Capped(ofUnseen), Capped(ofUnread));
        }
        return new(reading.Head.ToString(), Capped(unseen), Capped(unread), topics);
    }

    private (HashSet<long> Unseen, HashSet<long> Unread) CountTopic(string topic, List<InboxRow> markedUnread)
    {
        var (unseen, unread, watermark) = (new HashSet<long>(), new HashSet<long>(), reading.WatermarkOf(topic));
        foreach (var row in markedUnread)
        {
            if (row.Topics.Contains(topic)) Add(row);
        }
        // Newest first: unseen notifications come before those that are only unread.
        reading.Walk(InboxStatements.OfTopic, topic, watermark.Read, long.MaxValue, row =>
        {
            if (Counts(row)) Add(row);
            return unread.Count < InboxCounts.Max || (unseen.Count < InboxCounts.Max && row.Sequence > watermark.Seen);
        });
        return (unseen, unread);

        void Add(InboxRow row)
        {
            if (reading.IsUnread(row, topic)) unread.Add(row.Sequence);
            if (reading.IsUnseen(row, topic)) unseen.Add(row.Sequence);
        }
    }

    private bool Counts(InboxRow row) => !row.IsArchived && !reading.IsSnoozed(row) && !reading.IsMuted(row);

    private static int Capped(HashSet<long> found) => Math.Min(found.Count, InboxCounts.Max);
}
