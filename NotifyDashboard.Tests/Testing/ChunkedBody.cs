using System.Globalization;

namespace NotifyDashboard.Tests.Testing;

/// <summary>The content of a chunked body (RFC 9112, 7.1) on a raw connection; buffers nothing, so that who does not read stays stuck.</summary>
internal sealed class ChunkedBody(Stream wire) : Stream
{
    private readonly byte[] _one = new byte[1];
    private int _left;
    private bool _ended;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 && !_ended)
        {
            _left = int.Parse(await LineAsync(cancellationToken), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            _ended = _left == 0;
        }
        if (_ended) return 0;
        var read = await wire.ReadAsync(buffer[..Math.Min(_left, buffer.Length)], cancellationToken);
        _ended = read == 0;
        _left -= read;
        if (_left == 0 && !_ended) Assert.Equal("", await LineAsync(cancellationToken));
        return read;
    }

    // A connection that is cut ends the body too.
    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = "";
        while (!line.EndsWith("\r\n", StringComparison.Ordinal))
        {
            if (await wire.ReadAsync(_one, cancellation) == 0) return "0";
            line += (char)_one[0];
        }
        return line[..^2];
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
