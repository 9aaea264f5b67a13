namespace NotifyDashboard;

/// <summary>
/// Limits the concurrency of an expensive operation that any caller may request. Waiting requests are served round-robin by caller, and in
/// order of arrival within one caller, so that many requests of one caller delay another caller by one turn only.
/// </summary>
/// <param name="atOnce">Maximum number of concurrent operations.</param>
/// <param name="waitingPerCaller">Maximum number of waiting requests per caller.</param>
/// <param name="waiting">Maximum number of waiting requests in total.</param>
internal sealed class FairLimiter(int atOnce, int waitingPerCaller, int waiting)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _queues = [];
    private readonly Queue<string> _nextCallers = [];
    private int _free = atOnce;
    private int _waiting;

    /// <summary>Waits for permission to run, which ends when the result is disposed.</summary>
    /// <param name="caller">An address (<see cref="AddressKey"/>), key or operator.</param>
    /// <returns>Null when too many requests are waiting.</returns>
    public async Task<IDisposable?> TakeAsync(string caller, CancellationToken cancellation)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return new Lease(this);
            }
            if (!_queues.TryGetValue(caller, out var queue))
            {
                if (_waiting >= waiting) return null;
                _queues[caller] = queue = [];
                _nextCallers.Enqueue(caller);
            }
            if (queue.Count >= waitingPerCaller || _waiting >= waiting) return null;
            queue.Enqueue(turn = new(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiting++;
        }
        await using (cancellation.UnsafeRegister(static (turn, token) => ((TaskCompletionSource)turn!).TrySetCanceled(token), turn)) await turn.Task;
        return new Lease(this);
    }

    private void End()
    {
        lock (_gate)
        {
            while (_nextCallers.TryDequeue(out var caller))
            {
                var queue = _queues[caller];
                var turn = queue.Dequeue();
                _waiting--;
                if (queue.Count == 0) _queues.Remove(caller);
                else _nextCallers.Enqueue(caller);
                // False: the request was cancelled while it waited, so the next caller gets the turn.
                if (turn.TrySetResult()) return;
            }
            _free++;
        }
    }

    private sealed class Lease(FairLimiter limiter) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0) limiter.End();
        }
    }
}
