namespace NotifyDashboard.Hub;

/// <summary>A list of callbacks that can change while callbacks run. Safe for concurrent use.</summary>
internal sealed class Watchers<T>
{
    private readonly Lock _gate = new();
    private Action<T>[] _all = [];

    /// <summary>The current callbacks.</summary>
    public ReadOnlySpan<Action<T>> All => Volatile.Read(ref _all);

    /// <summary>Dispose the result to remove the callback.</summary>
    public IDisposable Add(Action<T> callback)
    {
        lock (_gate) Volatile.Write(ref _all, [.. _all, callback]);
        return new Watching(this, callback);
    }

    private void Remove(Action<T> callback)
    {
        lock (_gate)
        {
            var at = Array.IndexOf(_all, callback);
            if (at >= 0) Volatile.Write(ref _all, [.. _all[..at], .. _all[(at + 1)..]]);
        }
    }

    private sealed class Watching(Watchers<T> watchers, Action<T> callback) : IDisposable
    {
        public void Dispose() => watchers.Remove(callback);
    }
}
