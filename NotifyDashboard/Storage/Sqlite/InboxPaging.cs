using NotifyDashboard.Inbox;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Reads one page of an inbox: merges the walks of its topics, newest first, down to the sequence that all of them have reached.</summary>
internal sealed class InboxPaging(InboxReading reading)
{
    private readonly Dictionary<long, InboxRow> _found = [];
    private long _floor;

    public InboxPage Read(InboxTab tab, long before, int limit)
    {
        if (tab == InboxTab.Archived)
        {
            Walk(InboxStatements.Archived, null, 0, before, limit, _ => true);
        }
        else
        {
            foreach (var topic in reading.Topics)
            {
                var isAll = tab == InboxTab.All;
                Walk(InboxStatements.OfTopic, topic, isAll ? 0 : reading.WatermarkOf(topic).Read, before, limit, row => isAll || reading.IsUnread(row, topic));
            }
            if (tab == InboxTab.Unread) Walk(InboxStatements.MarkedUnread, null, 0, before, limit, _ => true);
        }
        var complete = _found.Values.Where(row => row.Sequence >= _floor).OrderByDescending(row => row.Sequence).ToList();
        if (complete.Count > limit) return new(reading.Items(complete[..limit]), complete[limit - 1].Sequence);
        return new(reading.Items(complete), _floor > 0 ? _floor : null);
    }

    private void Walk(string statement, string? topic, long after, long before, int limit, Func<InboxRow, bool> matches)
    {
        var taken = 0;
        var floor = reading.Walk(statement, topic, after, before, row =>
        {
            var isInTab = statement == InboxStatements.Archived ? row.IsArchived : !row.IsArchived && !reading.IsSnoozed(row);
            if (!isInTab || !matches(row)) return true;
            _found[row.Sequence] = row;
            // One more than asked for shows that there are more.
            return ++taken <= limit;
        });
        _floor = Math.Max(_floor, floor);
    }
}
