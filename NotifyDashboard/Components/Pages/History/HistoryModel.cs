using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>The state and the rules of the history page, without a browser: its rows, their count, and the notification that is open.</summary>
/// <param name="findOperator">Checks the right to read again: null when it has ended.</param>
/// <param name="left">Cancelled when the page is left.</param>
internal sealed class HistoryModel(INotificationLog log, HistoryFigures figures, ActionGuard guard, TimeProvider time, Func<Task<ClaimsPrincipal?>> findOperator, CancellationToken left)
{
    private const int MaxCounted = 1_000;

    // What was updated or retracted since the last reading, as it is now; each reading empties it.
    private readonly ConcurrentDictionary<long, Notification> _changed = new();
    private HistoryCount? _count;
    private Cursor? _newestCounted;

    public HistoryRows Rows { get; } = new();

    public HistoryFigures Figures { get; } = figures;

    public HistoryFilters Filters { get; set; } = new();

    /// <summary>Whether the operator sees the top of the list: only then new rows are added at once.</summary>
    public bool IsAtTop { get; set; } = true;

    /// <summary>The id of the open notification, which need not exist.</summary>
    public string? OpenId { get; private set; }

    /// <summary>The open notification; null when none is open, or when none with its id may be seen.</summary>
    public Notification? Open { get; private set; }

    /// <summary>Why the open notification could not be retracted.</summary>
    public string? RetractError { get; private set; }

    /// <summary>The last reading failed.</summary>
    public bool IsUnavailable { get; private set; }

    /// <summary>The last failure was one of the search index alone.</summary>
    public bool IsSearchUnavailable { get; private set; }

    /// <summary>The search index is being rebuilt: rows may be missing.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>The right to read has ended, and with it everything that was shown.</summary>
    public bool IsSignedOut { get; private set; }

    public bool HasNewer => Index > 0;

    public bool HasOlder => Index >= 0 && (Index < Rows.All!.Count - 1 || Rows.Next is not null);

    /// <summary>Whether another reading is worth it although nothing is published: the index is being rebuilt, or the newest row is still being written to connections.</summary>
    public bool IsUnsettled => IsIncomplete || (Rows.All is [var newest, ..] && Figures.IsSettling(newest));

    /// <summary>How many match the filters; null without filters, and where it is unknown. A count that looked at a part only and found nothing is not shown: the list offers to look further.</summary>
    public string? CountWords => _count is not { } count || count is { Found: 0, IsExact: false } ? null
        : string.Create(CultureInfo.InvariantCulture, $"{count.Found:N0}{(count.IsExact ? null : "+")} found");

    private int Index => Rows.IndexOf(OpenId);

    /// <summary>Remembers a change of a notification until the next reading. From any thread.</summary>
    public void RecordChange(LogEntry entry)
    {
        if (entry.Kind != LogEntryKind.Notification) _changed[entry.Notification.Id.Sequence] = entry.Notification;
    }

    /// <summary>Reads the newest again and adds what is new; while the operator reads further down, or has a notification open, new rows are only counted.</summary>
    public async Task RefreshAsync()
    {
        var hasChanged = ApplyChanges();
        if (await ReadAsync(null) is not var (newest, next)) return;
        Rows.AddNewest(newest, next, isHeld: !IsAtTop || OpenId is not null);
        // "1,000+" stays true whatever is published.
        if (_count is not { IsExact: false } && (hasChanged || _newestCounted != (newest is [var top, ..] ? top.Id : null))) await CountAsync();
    }

    /// <summary>Reads from the newest, as after a change of the filters. The rows stay until that is read.</summary>
    /// <returns>False when the filters have changed during the reading, so that another one is due.</returns>
    public async Task<bool> ReloadAsync()
    {
        ApplyChanges();
        var filters = Filters;
        var read = await ReadAsync(null);
        if (filters != Filters) return false;
        if (read is var (newest, next)) Rows.Replace(newest, next);
        else Rows.Clear();
        await CountAsync();
        return true;
    }

    public async Task LoadOlderAsync()
    {
        if (Rows.Next is { } before && await ReadAsync(before) is var (older, next)) Rows.AddOlder(older, next, before);
    }

    /// <summary>Opens a notification, from the rows or from the log.</summary>
    public async Task OpenAsync(string id)
    {
        (OpenId, RetractError) = (id, null);
        Open = Index >= 0 ? Rows.All![Index] : null;
        if (Open is not null || !Cursor.TryParse(id, out var cursor) || await FindReaderAsync() is null) return;
        try
        {
            Open = await log.FindAsync(cursor, left);
            if (Open is not null) await Figures.AddAsync([Open], left);
        }
        catch (StoreUnavailableException)
        {
            (IsUnavailable, IsSearchUnavailable) = (true, false);
        }
    }

    /// <summary>Opens the next row instead of the open one; reads older ones where the rows end.</summary>
    /// <param name="by">-1 for the newer one, 1 for the older one.</param>
    /// <returns>False when there is none.</returns>
    public async Task<bool> StepAsync(int by)
    {
        if (Index < 0) return false;
        if (Index + by >= Rows.All!.Count) await LoadOlderAsync();
        if (Index + by is not (>= 0 and var to) || to >= Rows.All!.Count) return false;
        await OpenAsync(Rows.All[to].Id.ToString());
        return true;
    }

    /// <returns>The id of the notification that was open; null when none was.</returns>
    public string? Close()
    {
        var closed = OpenId;
        (OpenId, Open) = (null, null);
        return closed;
    }

    public async Task RetractAsync(Notification notification) => RetractError = await guard.RetractAsync(notification.Id);

    /// <returns>Whether anything has changed, among the rows or not.</returns>
    private bool ApplyChanges()
    {
        var hasChanged = false;
        foreach (var sequence in _changed.Keys)
        {
            if (!_changed.TryRemove(sequence, out var changed)) continue;
            hasChanged = true;
            Rows.Change(changed);
            if (Open?.Id == changed.Id) Open = changed;
        }
        return hasChanged;
    }

    // The log looks at a bounded number of rows, and only after something was published or has changed. The right may have ended while the rows were read: it is checked again.
    private async Task CountAsync()
    {
        var filters = Filters;
        HistoryCount? count = null;
        try
        {
            if (!filters.IsEmpty && !IsUnavailable && await FindReaderAsync() is { } user) count = await log.CountHistoryAsync(filters.ToQuery(time.GetUtcNow(), user, null, MaxCounted), left);
        }
        catch (StoreUnavailableException)
        {
            // No count; the next reading of the rows reports the failure.
        }
        if (filters == Filters) (_count, _newestCounted) = (count, Rows.All is [var newest, ..] ? newest.Id : null);
    }

    /// <returns>Null when it could not be read, or when the filters have changed in the meantime.</returns>
    private async Task<(IReadOnlyList<Notification> Found, long? Next)?> ReadAsync(long? before)
    {
        if (await FindReaderAsync() is not { } user) return null;
        var filters = Filters;
        try
        {
            var (found, next, isIncomplete) = await log.ReadHistoryAsync(filters.ToQuery(time.GetUtcNow(), user, before, HistoryRows.PageSize), left);
            await Figures.AddAsync([.. found, .. Rows.All ?? []], left);
            if (filters != Filters) return null;
            (IsUnavailable, IsIncomplete) = (false, isIncomplete);
            return (found, next);
        }
        catch (StoreUnavailableException exception)
        {
            (IsUnavailable, IsSearchUnavailable) = (true, exception is SearchUnavailableException);
            return null;
        }
    }

    /// <returns>Null when the right to read has ended: the page shows nothing more then, and reads nothing again.</returns>
    private async Task<ClaimsPrincipal?> FindReaderAsync()
    {
        if (!IsSignedOut && await findOperator() is { } user) return user;
        Rows.Clear();
        (IsSignedOut, _count, OpenId, Open) = (true, null, null, null);
        return null;
    }
}
