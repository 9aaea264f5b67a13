using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>The rows that the page has read, newest first, without a gap.</summary>
internal sealed class HistoryRows
{
    /// <summary>Rows per reading.</summary>
    public const int PageSize = 50;

    // The most rows a page keeps while new ones arrive by themselves. Rows that were loaded with "older" raise the limit.
    private const int Most = 500;

    private List<Notification>? _rows;

    /// <summary>Null before the first reading.</summary>
    public IReadOnlyList<Notification>? All => _rows;

    /// <summary>Older rows are read before this sequence; null when there are none.</summary>
    public long? Next { get; private set; }

    /// <summary>The last reading stopped at its limit of scanned rows: there may be more, although it found less than a page.</summary>
    public bool StoppedShort { get; private set; }

    /// <summary>The number of new rows that are held back, so that the list does not move.</summary>
    public int Waiting { get; private set; }

    public void Clear() => (_rows, Next, StoppedShort, Waiting) = (null, null, false, 0);

    /// <returns>-1 when it is not among them.</returns>
    public int IndexOf(string? id) => _rows?.FindIndex(row => row.Id.ToString() == id) ?? -1;

    /// <summary>Adds a reading of the newest rows.</summary>
    /// <param name="isHeld">The operator is reading: new rows are only counted.</param>
    public void AddNewest(IReadOnlyList<Notification> newest, long? next, bool isHeld)
    {
        var known = _rows is [var first, ..] ? first.Id.Sequence : 0;
        var fresh = newest.TakeWhile(notification => notification.Id.Sequence > known).ToList();
        Waiting = isHeld && _rows is { Count: > 0 } ? fresh.Count : 0;
        if (Waiting > 0) return;
        if (_rows is null or [] || fresh.Count == newest.Count)
        {
            // Every row is new, so there may be a gap before the shown rows.
            Replace(newest, next);
            return;
        }
        var most = Math.Max(Most, _rows.Count);
        _rows.InsertRange(0, fresh);
        if (_rows.Count <= most) return;
        _rows.RemoveRange(most, _rows.Count - most);
        SetNext(_rows[^1].Id.Sequence, PageSize);
    }

    public void Replace(IReadOnlyList<Notification> newest, long? next)
    {
        (_rows, Waiting) = ([.. newest], 0);
        SetNext(next, newest.Count);
    }

    /// <summary>Appends a reading of older rows. Ignored when a second click or a burst has changed the rows in the meantime: they would no longer follow the last row.</summary>
    /// <param name="before">The <see cref="Next"/> with which they were read.</param>
    public void AddOlder(IReadOnlyList<Notification> older, long? next, long before)
    {
        if (Next != before) return;
        _rows!.AddRange(older);
        SetNext(next, older.Count);
    }

    /// <summary>Replaces a notification by its current state, in its place.</summary>
    public void Change(Notification changed)
    {
        if (_rows?.FindIndex(row => row.Id == changed.Id) is { } at and >= 0) _rows[at] = changed;
    }

    private void SetNext(long? next, int found) => (Next, StoppedShort) = (next, next is not null && found < PageSize);
}
