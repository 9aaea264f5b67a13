using System.Globalization;
using System.Text;
using NotifyDashboard.Bench.Reporting;

namespace NotifyDashboard.Bench.Load;

/// <summary>One HTTP/1.1 connection: requests go out as they are, answers are told apart by their length.</summary>
internal sealed class PublishConnection(int port) : IDisposable
{
    private readonly Queue<long> _dueAt = [];
    private byte[] _buffer = new byte[16 * 1024];
    private int _length;

    public int Descriptor { get; } = Linux.Connect(port, blocking: true);

    public void Send(ReadOnlySpan<byte> request, long dueAt)
    {
        _dueAt.Enqueue(dueAt);
        if (!Linux.Send(Descriptor, request)) throw new BenchException("The server closed a connection.");
    }

    /// <summary>The answers that are complete: status, and when the request was due.</summary>
    public IEnumerable<(int Status, long DueAt)> Receive()
    {
        if (_length == _buffer.Length) Array.Resize(ref _buffer, _length * 2);
        var received = Linux.Receive(Descriptor, _buffer.AsSpan(_length));
        if (received == 0) throw new BenchException("The server closed a connection.");
        _length += Math.Max(0, received);
        while (TryTake(out var status)) yield return (status, _dueAt.Dequeue());
    }

    public void Dispose() => _ = Linux.Close(Descriptor);

    private bool TryTake(out int status)
    {
        status = 0;
        var bytes = _buffer.AsSpan(0, _length);
        var head = bytes.IndexOf("\r\n\r\n"u8) + 4;
        if (head < 4) return false;
        var text = Encoding.ASCII.GetString(bytes[..head]);
        status = int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var end = IsChunked(text) ? EndOfChunks(bytes, head) : head + ContentLength(text);
        if (end > _length) return false;
        bytes[end..].CopyTo(bytes);
        _length -= end;
        return true;
    }

    private static bool IsChunked(string head) => head.Contains("\r\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);

    private static int ContentLength(string head)
    {
        const string Name = "\r\nContent-Length:";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(head.AsSpan(at + Name.Length, head.IndexOf('\r', at + Name.Length) - at - Name.Length), CultureInfo.InvariantCulture);
    }

    // Behind the chunk of size 0 and its empty line; int.MaxValue where it has not come yet.
    private static int EndOfChunks(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length)
        {
            var line = bytes[at..].IndexOf("\r\n"u8);
            if (line < 0) break;
            var size = int.Parse(Encoding.ASCII.GetString(bytes.Slice(at, line)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += line + 2 + size + 2;
            if (size == 0) return at;
        }
        return int.MaxValue;
    }
}
