namespace NotifyDashboard.Hub;

/// <summary>
/// One notification on its way to the subscribers: its bytes, made once per wire form and shared by all of them, and its figures.
/// </summary>
public sealed class Frame(Notification notification, INotificationEncoder encoder)
{
    private readonly Lock _encoding = new();
    private byte[]? _plain;
    private byte[]? _envelope;
    private int _written;
    private bool _isTrimmed;

    public Notification Notification { get; } = notification;

    public long Sequence => Notification.Id.Sequence;

    /// <summary>Subscribers that were connected and matched when it was dispatched.</summary>
    public int Offered { get; internal set; }

    /// <summary>Live connections into which a flush of it completed; those that caught up later are not among them.</summary>
    public int Written => Volatile.Read(ref _written);

    /// <summary>It was taken out of the log: nobody gets it any more.</summary>
    public bool IsTrimmed
    {
        get => Volatile.Read(ref _isTrimmed);
        internal set => Volatile.Write(ref _isTrimmed, value);
    }

    public void CountWritten() => Interlocked.Increment(ref _written);

    /// <summary>The final bytes. Writer loops on several cores may ask at once; the first encodes, the others wait for it.</summary>
    public byte[] Bytes(WireForm form) => form == WireForm.Plain ? Made(ref _plain, form) : Made(ref _envelope, form);

    /// <summary>About what it takes in memory; the hot tail's bound counts it.</summary>
    internal int Weight { get; } = 512 + 3 * Characters(notification.Draft);

    private static int Characters(NotificationDraft draft) =>
        (draft.Title?.Length ?? 0) + (draft.Body?.Length ?? 0) + (draft.Data?.Text.Length ?? 0) + (draft.Url?.Length ?? 0) + (draft.Icon?.Length ?? 0)
        + draft.Topics.Sum(t => t.Length) + draft.Tags.Sum(t => t.Length) + draft.Actions.Sum(a => a.Label.Length + a.Url.Length);

    private byte[] Made(ref byte[]? bytes, WireForm form)
    {
        if (Volatile.Read(ref bytes) is { } made) return made;
        lock (_encoding)
        {
            if (bytes is null) Volatile.Write(ref bytes, encoder.Encode(Notification, form));
            return bytes!;
        }
    }
}
