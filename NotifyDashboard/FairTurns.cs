namespace NotifyDashboard;

/// <summary>
/// Lets few at once do what costs much and anyone may ask for. Who waits is taken address by address in turn, and first come, first served within
/// one: a crowd at one address delays another address by a single turn.
/// </summary>
/// <param name="atOnce">How many have a turn at once.</param>
/// <param name="waitingPerAddress">How many of one address may wait.</param>
/// <param name="waiting">How many may wait in all.</param>
internal sealed class FairTurns(int atOnce, int waitingPerAddress, int waiting)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _queues = [];
    private readonly Queue<string> _nextAddresses = [];
    private int _free = atOnce;
    private int _waiting;

    /// <summary>Waits for a turn, which ends when the result is disposed.</summary>
    /// <param name="address">Of whom (<see cref="AddressKey"/>).</param>
    /// <returns>Null when too many wait already.</returns>
    public async Task<IDisposable?> TakeAsync(string address, CancellationToken cancellation)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return new Turn(this);
            }
            if (!_queues.TryGetValue(address, out var queue))
            {
                if (_waiting >= waiting) return null;
                _queues[address] = queue = [];
                _nextAddresses.Enqueue(address);
            }
            if (queue.Count >= waitingPerAddress || _waiting >= waiting) return null;
            queue.Enqueue(turn = new(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiting++;
        }
        await using (cancellation.UnsafeRegister(static (turn, token) => ((TaskCompletionSource)turn!).TrySetCanceled(token), turn)) await turn.Task;
        return new Turn(this);
    }

    private void End()
    {
        lock (_gate)
        {
            while (_nextAddresses.TryDequeue(out var address))
            {
                var queue = _queues[address];
                var turn = queue.Dequeue();
                _waiting--;
                if (queue.Count == 0) _queues.Remove(address);
                else _nextAddresses.Enqueue(address);
                // Whoever left meanwhile takes none.
                if (turn.TrySetResult()) return;
            }
            _free++;
        }
    }

    private sealed class Turn(FairTurns turns) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0) turns.End();
        }
    }
}
