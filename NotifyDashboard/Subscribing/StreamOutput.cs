using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// Where a stream's bytes go: into its response; and over clear HTTP/1.1, once the head is out, into the connection's socket, in chunks as the
/// head says (RFC 9112, 7.1), without the web server's way between: a sixth of what a delivery costs. See docs/adr/0009.
/// </summary>
/// <param name="scratch">The loop's, shared by its streams: between a first write and its flush it is this stream's alone.</param>
internal sealed class StreamOutput(HttpContext context, ChunkBuffer scratch)
{
    private readonly PipeWriter _response = context.Response.BodyWriter;
    private Socket? _socket;
    private bool _decided;

    /// <summary>What it needs of the web server's sockets.</summary>
    public static void Configure(SocketTransportOptions transport)
    {
        // A flush sends on the thread that asks for it, the writer loop's, instead of crossing the pool: a fifth of the cost of a delivery (docs/performance.md).
        transport.UnsafePreferInlineScheduling = true;
        // A flush completes only when the kernel has accepted every byte: later bytes can then bypass Kestrel, and the write timeout measures the peer.
        // Two, because Kestrel resumes below half of it, which is at 0 bytes.
        transport.MaxWriteBufferSize = 2;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_socket is null) _response.Write(bytes);
        else scratch.Write(bytes);
    }

    /// <summary>Sends what was written since the last flush, which has to be over.</summary>
    /// <returns>When the system has taken all of it: true; false when the peer is gone.</returns>
    public ValueTask<bool> FlushAsync()
    {
        if (_socket is not null) return SendAsync(_socket);
        var flush = _response.FlushAsync();
        return flush.IsCompletedSuccessfully ? new(IsTaken(flush.Result)) : IsTakenAsync(flush);
    }

    /// <summary>After a flush: goes on without the web server where that is possible, which the first one decides.</summary>
    public void LeaveResponse()
    {
        if (_decided) return;
        _decided = true;
        // A flush was over when the system had taken all (MaxWriteBufferSize), so the next byte on the connection is the stream's next.
        if (context.Response.Headers.TransferEncoding != "chunked" || context.Features.Get<ITlsHandshakeFeature>() is not null) return;
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket) return;
        socket.Blocking = false;
        _socket = socket;
    }

    private static bool IsTaken(FlushResult flush) => flush is { IsCanceled: false, IsCompleted: false };

    private static async ValueTask<bool> IsTakenAsync(ValueTask<FlushResult> flush) => IsTaken(await flush);

    private ValueTask<bool> SendAsync(Socket socket)
    {
        var chunk = scratch.Take();
        try
        {
            var sent = socket.Send(chunk, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success when sent == chunk.Length => new(true),
                // Only a peer that is behind costs a copy.
                SocketError.Success or SocketError.WouldBlock => SendRestAsync(socket, chunk[Math.Max(sent, 0)..].ToArray()),
                _ => new(false),
            };
        }
        catch (ObjectDisposedException)
        {
            // The connection ended meanwhile; its request is about to say so.
            return new(false);
        }
    }

    private static async ValueTask<bool> SendRestAsync(Socket socket, ReadOnlyMemory<byte> rest)
    {
        try
        {
            while (rest.Length > 0) rest = rest[await socket.SendAsync(rest)..];
            return true;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
