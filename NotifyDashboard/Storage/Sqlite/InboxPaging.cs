using NotifyDashboard.Inbox;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Puts a part of an inbox together: a part of each topic, newest first, as far down as all of them were looked at.</summary>
internal sealed class InboxPaging(InboxReading reading)
{
    private readonly Dictionary<long, InboxRow> _found = [];
    private long _floor;

    public InboxPage Read(InboxTab tab, long before, int limit)
    {
        if (tab == InboxTab.Archived)
        {
            Walk(InboxReading.OfArchived, null, 0, before, limit, _ => true);
        }
        else
        {
            foreach (var topic in reading.Topics)
            {
                var isAll = tab == InboxTab.All;
                Walk(InboxReading.OfTopic, topic, isAll ? 0 : reading.WatermarkOf(topic).Read, before, limit, row => isAll || reading.IsUnread(row, topic));
            }
            if (tab == InboxTab.Unread) Walk(InboxReading.OfRaised, null, 0, before, limit, _ => true);
        }
        var complete = _found.Values.Where(row => row.Sequence >= _floor).OrderByDescending(row => row.Sequence).ToList();
        if (complete.Count > limit) return new(reading.Items(complete[..limit]), complete[limit - 1].Sequence);
        return new(reading.Items(complete), _floor > 0 ? _floor : null);
    }

    private void Walk(string statement, string? topic, long after, long before, int limit, Func<InboxRow, bool> isAsked)
    {
        var taken = 0;
        var floor = reading.Walk(statement, topic, after, before, row =>
        {
            var isThere = statement == InboxReading.OfArchived ? row.IsArchived : !row.IsArchived && !reading.IsAway(row);
            if (!isThere || !isAsked(row)) return true;
            _found[row.Sequence] = row;
            // One more than asked for says that there are more.
            return ++taken <= limit;
        });
        _floor = Math.Max(_floor, floor);
    }
}
