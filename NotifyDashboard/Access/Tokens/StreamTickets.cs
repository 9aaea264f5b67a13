using System.Buffers.Text;
using System.Security.Cryptography;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access.Tokens;

/// <summary>A ticket and when it expires.</summary>
internal sealed record StreamTicket(string Text, DateTimeOffset Until);

/// <summary>
/// Tickets for streams: <c>EventSource</c> cannot send headers, and a token in a URL would be logged. A ticket opens one stream and expires after
/// <see cref="Lifetime"/>. Tickets are kept in memory only, because they live for half a minute.
/// </summary>
internal sealed class StreamTickets(TimeProvider time)
{
    /// <summary>Maximum number of tickets of all recipients per <see cref="Lifetime"/>, used ones included.</summary>
    public const int Capacity = 50_000;

    /// <summary>Maximum number of unused, unexpired tickets per recipient. Several tabs that reconnect in a bad network need a few each.</summary>
    public const int PerRecipient = 50;

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Recipient Recipient, DateTimeOffset Until)> _waiting = [];
    private readonly Dictionary<string, int> _counts = [];
    // In order of expiry, because all live equally long. Used tickets stay here until they expire.
    private readonly Queue<StreamTicket> _ends = new();

    /// <returns>Null when a limit is reached.</returns>
    public StreamTicket? Create(Recipient recipient)
    {
        var now = time.GetUtcNow();
        var ticket = new StreamTicket(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), now + Lifetime);
        lock (_gate)
        {
            while (_ends.TryPeek(out var oldest) && oldest.Until <= now) Remove(_ends.Dequeue().Text);
            var own = _counts.GetValueOrDefault(recipient.Handle);
            if (own >= PerRecipient || _ends.Count >= Capacity) return null;
            _counts[recipient.Handle] = own + 1;
            _waiting[ticket.Text] = (recipient, ticket.Until);
            _ends.Enqueue(ticket);
        }
        return ticket;
    }

    /// <summary>Uses the ticket: it is not valid again.</summary>
    /// <returns>Its recipient; null when the ticket is unknown, used or expired, or the recipient's token has expired.</returns>
    public Recipient? Take(string text)
    {
        lock (_gate) return Current(Remove(text));
    }

    /// <summary>Finds the recipient without using the ticket.</summary>
    /// <returns>As <see cref="Take"/>.</returns>
    public Recipient? Find(string text)
    {
        lock (_gate) return Current(_waiting.TryGetValue(text, out var waiting) ? waiting : null);
    }

    private Recipient? Current((Recipient Recipient, DateTimeOffset Until)? ticket)
    {
        var now = time.GetUtcNow();
        return ticket is { } found && now < found.Until && now < found.Recipient.ExpiresAt ? found.Recipient : null;
    }

    private (Recipient Recipient, DateTimeOffset Until)? Remove(string text)
    {
        if (!_waiting.Remove(text, out var waiting)) return null;
        var handle = waiting.Recipient.Handle;
        if (_counts[handle] == 1) _counts.Remove(handle);
        else _counts[handle]--;
        return waiting;
    }
}
