using NotifyDashboard.Hub;

namespace NotifyDashboard.Monitoring;

/// <summary>
/// Counts the unread notifications of the recipients that are connected. Nobody stores such a number, and an inbox is counted for each recipient:
/// so at most once a minute, and of at most <see cref="MaxPeople"/>.
/// </summary>
internal sealed class UnreadCounter(IRecipientStreams streams, IInbox inbox, TimeProvider time)
{
    public const int MaxPeople = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private DateTimeOffset _next;

    /// <summary>The last count; null: none yet.</summary>
    public UnreadCount? Last { get; private set; }

    /// <returns>Null when it is not time for a count, or when an inbox cannot be read.</returns>
    public async Task<long?> CountAsync(CancellationToken cancellation)
    {
        if (time.GetUtcNow() is var now && now < _next) return null;
        _next = now + Interval;
        var people = streams.Open.DistinctBy(recipient => recipient.Id, StringComparer.Ordinal).Take(MaxPeople + 1).ToList();
        var (unread, isExact) = (0L, people.Count <= MaxPeople);
        try
        {
            foreach (var recipient in people.Take(MaxPeople))
            {
                var counted = (await inbox.ReadStateAsync(recipient, cancellation)).Counts.Unread;
                unread += counted;
                // A recipient's own count ends there.
                isExact &= counted < InboxCounts.Max;
            }
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
        Last = new(unread, isExact);
        return unread;
    }
}

/// <summary>Unread notifications of the connected recipients.</summary>
/// <param name="IsExact">False if there may be more.</param>
internal readonly record struct UnreadCount(long Unread, bool IsExact);
