using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>Exports and deletes all data that the hub stores about one recipient.</summary>
internal sealed class RecipientRecords(IRecipientData data, IRecipientStreams streams, NotificationHub hub, ILogger<RecipientRecords> log)
{
    // Small steps, as in Retention, because a publish waits for at most one step.
    private const int Step = 50;

    /// <exception cref="StoreUnavailableException"/>
    public async Task<RecipientDataView> ExportAsync(string sub, Actor by, CancellationToken cancellation) =>
        RecipientDataView.Of(await data.ReadAsync(sub, Recipient.TopicOf(sub), by, cancellation), hub.Epochs);

    /// <summary>Deletes the marks, the preferences, and the notifications on the recipient's own topic only. Notifications with other topics stay.</summary>
    /// <exception cref="StoreUnavailableException">Some data may be left; call it again.</exception>
    public async Task EraseAsync(string sub, Actor by, CancellationToken cancellation)
    {
        while (await data.FindOwnAsync(Recipient.TopicOf(sub), Step, cancellation) is { Count: > 0 } own)
        {
            // Retracted first, which removes the words from the search index at once and updates open pages.
            foreach (var sequence in own) await hub.RetractAsync(hub.Epochs.CursorOf(sequence), "", cancellation);
            await hub.TrimAsync(own);
        }
        await data.EraseAsync(sub, by);
        InboxLog.Erased(log);
        streams.Notify(sub, new(InboxChange.Trimmed, []));
    }
}

/// <summary>The export of all data that the hub stores about one recipient. Times are ISO 8601.</summary>
public sealed record RecipientDataView(
    string Sub, string? Since, InboxPreferences? Preferences, IReadOnlyList<RecipientDataView.TopicView> Topics, IReadOnlyList<RecipientDataView.MarkView> Marks, IReadOnlyList<InboxItemView> Notifications)
{
    /// <summary>The watermarks of a topic: the cursors up to which it is seen and read.</summary>
    public sealed record TopicView(string Topic, string SeenUpTo, string ReadUpTo);

    /// <summary>The mark of one notification. Null for <paramref name="Seen"/> or <paramref name="Read"/>: the topic's watermark decides.</summary>
    public sealed record MarkView(string Id, bool? Seen, bool? Read, bool Archived, string? SnoozedUntil);

    internal static RecipientDataView Of(RecipientData data, Epochs epochs)
    {
        var marks = data.Marks.ToDictionary(mark => mark.Sequence);
        var own = data.Topics.FirstOrDefault(topic => topic.Topic == Recipient.TopicOf(data.Sub));
        return new(data.Sub, Text(data.Since), data.Preferences,
            [.. data.Topics.Select(topic => new TopicView(topic.Topic, epochs.CursorOf(topic.Seen).ToString(), epochs.CursorOf(topic.Read).ToString()))],
            [.. data.Marks.Select(mark => new MarkView(epochs.CursorOf(mark.Sequence).ToString(), mark.Seen, mark.Read, mark.Archived, Text(mark.SnoozedUntil)))],
            [.. data.Notifications.Select(notification => InboxItemView.Of(Item(notification)))]);

        InboxItem Item(Notification notification)
        {
            var (sequence, mark) = (notification.Id.Sequence, marks.GetValueOrDefault(notification.Id.Sequence));
            return new(notification, mark?.Seen ?? sequence <= own?.Seen, mark?.Read ?? sequence <= own?.Read, mark?.Archived ?? false, mark?.SnoozedUntil, false);
        }
    }

    private static string? Text(DateTimeOffset? time) => time is { } given ? TimeText.Of(given) : null;
}
