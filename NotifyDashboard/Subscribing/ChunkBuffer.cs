using System.Globalization;

namespace NotifyDashboard.Subscribing;

/// <summary>Builds one chunk (RFC 9112, 7.1) at a time.</summary>
internal sealed class ChunkBuffer
{
    // Eight hexadecimal digits, CR LF.
    private const int HeaderSize = 10;

    private byte[] _bytes = new byte[StreamConnection.MaxFlush + 4096];
    private int _end = HeaderSize;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        // Only a heartbeat or hub.bye can exceed the bound of a flush.
        if (_end + bytes.Length + 2 > _bytes.Length) Array.Resize(ref _bytes, 2 * (_end + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Discards bytes that were written and not taken.</summary>
    public void Clear() => _end = HeaderSize;

    /// <summary>The chunk with its size line; valid until the next write.</summary>
    public ReadOnlySpan<byte> Take()
    {
        Span<byte> size = stackalloc byte[HeaderSize];
        (_end - HeaderSize).TryFormat(size, out var digits, "x", CultureInfo.InvariantCulture);
        size[digits] = (byte)'\r';
        size[digits + 1] = (byte)'\n';
        var start = HeaderSize - digits - 2;
        size[..(digits + 2)].CopyTo(_bytes.AsSpan(start));
        _bytes[_end] = (byte)'\r';
        _bytes[_end + 1] = (byte)'\n';
        var chunk = _bytes.AsSpan(start, _end + 2 - start);
        Clear();
        return chunk;
    }
}
