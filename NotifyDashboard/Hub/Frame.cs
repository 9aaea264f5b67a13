namespace NotifyDashboard.Hub;

/// <summary>
/// One entry of the log as subscribers get it: its bytes, encoded once per wire form and shared by all subscribers, and its delivery figures.
/// </summary>
public sealed class Frame(LogEntry entry, INotificationEncoder encoder)
{
    private Content _content = new(entry, encoder);
    private int _written;
    private bool _isWithdrawn;

    /// <summary>The entry, with the notification's current content.</summary>
    public LogEntry Entry => Volatile.Read(ref _content).Entry;

    public Notification Notification => Entry.Notification;

    public long Sequence { get; } = entry.Cursor.Sequence;

    /// <summary>Subscribers that were connected and matched when it was dispatched.</summary>
    public int Offered { get; internal set; }

    /// <summary>Live connections that completed a flush of the frame. Connections that received it by replay do not count.</summary>
    public int Written => Volatile.Read(ref _written);

    /// <summary>Its notification was retracted or trimmed, or a newer change replaces it: no subscriber gets it any more.</summary>
    public bool IsWithdrawn
    {
        get => Volatile.Read(ref _isWithdrawn);
        internal set => Volatile.Write(ref _isWithdrawn, value);
    }

    /// <summary>Whether subscribers may still get it: it is neither withdrawn nor expired.</summary>
    public bool IsDeliverable(TimeProvider time)
    {
        if (IsWithdrawn) return false;
        // Most notifications do not expire: the clock is not read for them.
        var (_, kind, notification) = Entry;
        return notification.Draft.ExpiresAt is not { } end || kind == LogEntryKind.Retract || end > time.GetUtcNow();
    }

    public void CountWritten() => Interlocked.Increment(ref _written);

    /// <summary>The final bytes. Writer loops on several cores may call this at the same time; the first encodes, the others wait for it.</summary>
    public byte[] Bytes(WireForm form) => Volatile.Read(ref _content).Bytes(form);

    /// <summary>Replaces the content: subscribers that read this frame from now on get the new one.</summary>
    internal void ReplaceContent(Notification notification) => Volatile.Write(ref _content, new Content(Entry with { Notification = notification }, encoder));

    /// <summary>The approximate memory use, which counts towards the bound of the replay buffer.</summary>
    internal int EstimatedBytes { get; } = 512 + 3 * Characters(entry.Notification.Draft);

    private static int Characters(NotificationDraft draft) =>
        (draft.Title?.Length ?? 0) + (draft.Body?.Length ?? 0) + (draft.Data?.Text.Length ?? 0) + (draft.Url?.Length ?? 0) + (draft.Icon?.Length ?? 0)
        + draft.Topics.Sum(t => t.Length) + draft.Tags.Sum(t => t.Length) + draft.Actions.Sum(a => a.Label.Length + a.Url.Length);

    private sealed class Content(LogEntry entry, INotificationEncoder encoder)
    {
        private readonly Lock _encoding = new();
        private byte[]? _plain;
        private byte[]? _envelope;

        public LogEntry Entry { get; } = entry;

        public byte[] Bytes(WireForm form) => form == WireForm.Plain ? GetOrEncode(ref _plain, form) : GetOrEncode(ref _envelope, form);

        private byte[] GetOrEncode(ref byte[]? bytes, WireForm form)
        {
            if (Volatile.Read(ref bytes) is { } encoded) return encoded;
            lock (_encoding)
            {
                if (bytes is null) Volatile.Write(ref bytes, encoder.Encode(Entry, form));
                return bytes!;
            }
        }
    }
}
