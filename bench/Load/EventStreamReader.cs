using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace NotifyDashboard.Bench.Load;

/// <summary>
/// Reads one answer as an event stream, as little of it as the bench needs: <c>id:</c>, and in <c>data:</c> the JSON numbers <c>seq</c> and <c>ts</c>.
/// Sequences rise by one on every stream; what is missing, doubled or out of order is counted.
/// </summary>
internal sealed class EventStreamReader(Tally tally, bool keepsId)
{
    private byte[] _kept = [];
    private int _keptLength;
    private bool _chunked, _hasChunkSize;
    private int _chunkSize, _chunkLeft;
    private long _sequence = -1, _sentAt, _next = tally.First;
    private string _pendingId = "";
    private HashSet<long>? _missing;

    /// <summary>Null until the head was read.</summary>
    public int? Status { get; private set; }

    public string LastId { get; private set; } = "";

    /// <summary>How many events up to the given one never came.</summary>
    public long Missing(long last) => (_missing?.Count ?? 0) + Math.Max(0, last - _next + 1);

    public bool Has(long sequence) => _next > sequence;

    /// <summary>Begins to count anew.</summary>
    public void Restart()
    {
        _next = tally.First;
        _missing = null;
    }

    /// <param name="received">Is overwritten.</param>
    public void Take(Span<byte> received, long now)
    {
        if (Status is null)
        {
            Keep(received);
            var end = Kept.IndexOf("\r\n\r\n"u8);
            if (end < 0) return;
            var head = Encoding.ASCII.GetString(Kept[..end]);
            Status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
            _chunked = head.Contains("\r\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
            received = Kept[(end + 4)..].ToArray();
            _keptLength = 0;
        }
        if (_chunked) received = received[..Unwrap(received)];
        ReadLines(received, now);
        // Most reads end with an event: no connection keeps a buffer for the few that do not.
        if (_keptLength == 0) _kept = [];
    }

    private Span<byte> Kept => _kept.AsSpan(0, _keptLength);

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_kept.Length < _keptLength + bytes.Length) Array.Resize(ref _kept, _keptLength + bytes.Length);
        bytes.CopyTo(_kept.AsSpan(_keptLength));
        _keptLength += bytes.Length;
    }

    // Moves what the chunks carry to the front; gives its length.
    private int Unwrap(Span<byte> bytes)
    {
        var length = 0;
        for (var at = 0; at < bytes.Length;)
        {
            if (_chunkLeft > 0)
            {
                var part = Math.Min(_chunkLeft, bytes.Length - at);
                bytes.Slice(at, part).CopyTo(bytes[length..]);
                (at, length, _chunkLeft) = (at + part, length + part, _chunkLeft - part);
                continue;
            }
            var character = (char)bytes[at++];
            if (char.IsAsciiHexDigit(character)) (_chunkSize, _hasChunkSize) = ((_chunkSize * 16) + (character <= '9' ? character - '0' : (character | 0x20) - 'a' + 10), true);
            // The line end after a chunk has no size before it.
            else if (character == '\n' && _hasChunkSize) (_chunkLeft, _chunkSize, _hasChunkSize) = (_chunkSize, 0, false);
        }
        return length;
    }

    private void ReadLines(ReadOnlySpan<byte> bytes, long now)
    {
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            if (_keptLength == 0)
            {
                ReadLine(bytes[..end], now);
                continue;
            }
            Keep(bytes[..end]);
            ReadLine(Kept, now);
            _keptLength = 0;
        }
        if (!bytes.IsEmpty) Keep(bytes);
    }

    private void ReadLine(ReadOnlySpan<byte> line, long now)
    {
        if (line.IsEmpty || line is [(byte)'\r'])
        {
            if (_sequence >= 0) Receive(_sequence, now);
            _sequence = -1;
        }
        else if (line.StartsWith("data:"u8))
        {
            if (TryFind(line, "\"seq\":"u8, out var sequence)) _sequence = sequence;
            if (TryFind(line, "\"ts\":"u8, out var sentAt)) _sentAt = sentAt;
        }
        else if (keepsId && line.StartsWith("id:"u8)) _pendingId = Encoding.UTF8.GetString(line[3..]).Trim();
        else if (line.SequenceEqual("event: hub.gap"u8)) tally.Gaps++;
    }

    private static bool TryFind(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out long value)
    {
        value = 0;
        var at = line.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(line[(at + name.Length)..], out value, out _);
    }

    private void Receive(long sequence, long now)
    {
        var had = Has(tally.Target);
        if (sequence < _next)
        {
            if (_missing?.Remove(sequence) != true)
            {
                tally.Doubled++;
                return;
            }
            tally.OutOfOrder++;
        }
        else
        {
            for (; _next < sequence; _next++) (_missing ??= []).Add(_next);
            _next++;
        }
        LastId = _pendingId;
        tally.Deliveries++;
        tally.LastAt = now;
        tally.Latencies.Add(now - _sentAt);
        if (!had && Has(tally.Target)) tally.Arrived++;
    }
}
