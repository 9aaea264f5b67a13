namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>Threads that do nothing, as fast as they can: what a server is like that has more to do than it can.</summary>
public sealed class BusyLoops : IDisposable
{
    private volatile bool _ended;

    public BusyLoops(int count)
    {
        for (var i = 0; i < count; i++)
            new Thread(() => { while (!_ended) Thread.SpinWait(1_000); }) { IsBackground = true }.Start();
    }

    public void Dispose() => _ended = true;
}
