using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Testing;

/// <summary>A log around the real one that fails, or waits, when told.</summary>
internal sealed class FaultyLog(INotificationLog log) : INotificationLog
{
    /// <summary>Runs before each append; what it throws is the append's fault.</summary>
    public Action? OnAppend { get; set; }

    /// <summary>Runs before each read of a page, on the caller's thread as SQLite's own reads do.</summary>
    public Action? OnRead { get; set; }

    /// <summary>Runs before each read of the newest; what it throws is the read's fault.</summary>
    public Func<Task> OnReadNewest { get; set; } = () => Task.CompletedTask;

    /// <summary>Whether searches say that the index is being rebuilt.</summary>
    public bool IsRebuilding { get; set; }

    public Epochs Epochs => log.Epochs;

    public Task<LogState> OpenAsync(CancellationToken cancellation) => log.OpenAsync(cancellation);

    public async Task<IReadOnlyList<LogOutcome>> AppendAsync(IReadOnlyList<LogChange> changes, DateTimeOffset now)
    {
        OnAppend?.Invoke();
        return await log.AppendAsync(changes, now);
    }

    public async Task<LogPage> ReadAsync(TopicFilter filter, long after, long through, int limit, CancellationToken cancellation)
    {
        OnRead?.Invoke();
        return await log.ReadAsync(filter, after, through, limit, cancellation);
    }

    public async Task<HistorySlice> ReadHistoryAsync(HistoryQuery query, CancellationToken cancellation)
    {
        await OnReadNewest();
        return await log.ReadHistoryAsync(query, cancellation) with { IsIncomplete = IsRebuilding };
    }

    public Task<HistoryCount> CountHistoryAsync(HistoryQuery query, CancellationToken cancellation) => log.CountHistoryAsync(query, cancellation);

    public Task<IReadOnlyList<TrimmedEntry>> TrimAsync(IReadOnlyList<long> sequences) => log.TrimAsync(sequences);

    public Task PurgeAsync(CancellationToken cancellation) => log.PurgeAsync(cancellation);

    public Task<IReadOnlyList<TrimCandidate>> FindTrimmableAsync(TrimQuery query, CancellationToken cancellation) => log.FindTrimmableAsync(query, cancellation);

    public Task<DateTimeOffset?> FindNextDueAsync(CancellationToken cancellation) => log.FindNextDueAsync(cancellation);

    public Task<Notification?> FindAsync(Cursor id, CancellationToken cancellation) => log.FindAsync(id, cancellation);

    public Task<IReadOnlyList<string>> ReadTopicsAsync(string prefix, int limit, CancellationToken cancellation, string? after = null) => log.ReadTopicsAsync(prefix, limit, cancellation, after);
}
