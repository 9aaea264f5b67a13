using System.Threading.Channels;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Testing;

/// <summary>Owns a subscriber as a writer loop does: woken, it takes from the replay buffer or the log. It can be told to stand still.</summary>
internal sealed class Listener
{
    private readonly NotificationHub _hub;
    private readonly WireForm _form;
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<Frame> _received = Channel.CreateUnbounded<Frame>();
    private volatile TaskCompletionSource _mayRead = new();
    private int _logReads;

    private Listener(NotificationHub hub, TopicFilter filter, WireForm form)
    {
        (_hub, _form) = (hub, form);
        Subscriber = new Subscriber(filter, form, () => _woken.Writer.TryWrite(true)) { NamesTopics = true };
        _mayRead.SetResult();
    }

    public Subscriber Subscriber { get; }

    /// <summary>Pages it had to ask the log for.</summary>
    public int LogReads => Volatile.Read(ref _logReads);

    public static async Task<Listener> JoinAsync(NotificationHub hub, TopicFilter filter, WireForm form = WireForm.Plain, string? lastEventId = null)
    {
        var listener = new Listener(hub, filter, form);
        var head = await hub.SubscribeAsync(listener.Subscriber);
        var resume = await hub.ResumeAsync(lastEventId, filter, head, TestContext.Current.CancellationToken);
        listener.Subscriber.Start(resume.Position);
        _ = listener.PumpAsync();
        return listener;
    }

    public static Task<Listener> JoinAsync(NotificationHub hub, params string[] topics) => JoinAsync(hub, new TopicFilter(topics));

    public void StandStill() => _mayRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn() => _mayRead.SetResult();

    /// <summary>The next frames; fails when they do not come.</summary>
    public async Task<IReadOnlyList<Frame>> TakeAsync(int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var frames = new List<Frame>();
        while (frames.Count < count) frames.Add(await _received.Reader.ReadAsync(patience.Token));
        return frames;
    }

    /// <summary>Whatever it has received and nobody took yet.</summary>
    public int Left => _received.Reader.Count;

    private async Task PumpAsync()
    {
        var frames = new List<Frame>();
        await foreach (var _ in _woken.Reader.ReadAllAsync())
        {
            while (Subscriber.HasPending)
            {
                await _mayRead.Task;
                if (!Subscriber.TryTake(_hub.ReplayBuffer, frames, 7, 4_096))
                {
                    Interlocked.Increment(ref _logReads);
                    var (page, readThrough) = await _hub.ReadLogAsync(Subscriber, 5, CancellationToken.None);
                    frames.AddRange(page);
                    Subscriber.TakeFromLog(readThrough);
                }
                foreach (var frame in frames)
                {
                    frame.Bytes(_form);
                    _received.Writer.TryWrite(frame);
                }
                frames.Clear();
            }
        }
    }
}
