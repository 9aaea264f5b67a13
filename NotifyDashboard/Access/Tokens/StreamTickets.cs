using System.Buffers.Text;
using System.Security.Cryptography;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access.Tokens;

/// <summary>A ticket and until when it opens a stream.</summary>
internal sealed record StreamTicket(string Text, DateTimeOffset Until);

/// <summary>
/// Tickets for streams: <c>EventSource</c> sends no headers, and a token in an address would stand in every log. Each opens one stream and
/// is worthless after <see cref="Lifetime"/>. They live in this process alone: 256 random bits need no store for half a minute.
/// </summary>
internal sealed class StreamTickets(TimeProvider time)
{
    /// <summary>Tickets that wait, of all recipients together.</summary>
    public const int Capacity = 50_000;

    /// <summary>Tickets of one recipient that wait: a nine-tab page in a bad network takes a few.</summary>
    public const int PerRecipient = 50;

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Recipient Recipient, DateTimeOffset Until)> _waiting = [];
    private readonly Dictionary<string, int> _counts = [];
    // In the order of their end, for all live equally long; those that were used are still here.
    private readonly Queue<StreamTicket> _ends = new();

    /// <returns>Null where too many wait already.</returns>
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

    /// <summary>Uses a ticket up.</summary>
    /// <returns>Null where it does not count, or its recipient's token does not any more.</returns>
    public Recipient? Take(string text)
    {
        lock (_gate) return Current(Remove(text));
    }

    /// <summary>Whose ticket it is; it can still be used.</summary>
    /// <returns>As <see cref="Take"/>.</returns>
    public Recipient? Find(string text)
    {
        lock (_gate) return Current(_waiting.TryGetValue(text, out var waiting) ? waiting : null);
    }

    private Recipient? Current((Recipient Recipient, DateTimeOffset Until)? ticket)
    {
        var now = time.GetUtcNow();
        return ticket is { } found && now < found.Until && now < found.Recipient.Until ? found.Recipient : null;
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
