using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// Writes into the response; after the first flush over unencrypted HTTP/1.1, directly into the socket as chunks (RFC 9112, 7.1).
/// That bypasses the web server, and saves a sixth of the cost of a delivery. See docs/adr/0009.
/// </summary>
/// <param name="scratch">The buffer of the loop, shared by its streams: from a first write to its flush, only this stream uses it.</param>
internal sealed class StreamOutput(HttpContext context, ChunkBuffer scratch)
{
    private readonly PipeWriter _response = context.Response.BodyWriter;
    private Socket? _socket;
    private bool _isSwitchDecided;

    /// <summary>The socket options of the web server that this class needs.</summary>
    public static void Configure(SocketTransportOptions transport)
    {
        // A flush sends on its calling thread, the writer loop's, instead of a thread of the pool: this saves a fifth of the cost of a delivery (docs/performance.md).
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

    /// <summary>Sends the bytes written since the last flush, which must have completed.</summary>
    /// <returns>True when the system has accepted all bytes; false if the peer disconnected.</returns>
    public ValueTask<bool> FlushAsync()
    {
        if (_socket is not null) return SendAsync(_socket);
        var flush = _response.FlushAsync();
        return flush.IsCompletedSuccessfully ? new(IsAccepted(flush.Result)) : IsAcceptedAsync(flush);
    }

    /// <summary>Call this after a flush. After the first one, it switches to the socket if that is possible.</summary>
    public void SwitchToSocket()
    {
        if (_isSwitchDecided) return;
        _isSwitchDecided = true;
        // A flush completes only when the system has accepted all bytes (MaxWriteBufferSize), so the next byte on the connection is the stream's next.
        if (context.Response.Headers.TransferEncoding != "chunked" || context.Features.Get<ITlsHandshakeFeature>() is not null) return;
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket) return;
        socket.Blocking = false;
        _socket = socket;
    }

    private static bool IsAccepted(FlushResult flush) => flush is { IsCanceled: false, IsCompleted: false };

    private static async ValueTask<bool> IsAcceptedAsync(ValueTask<FlushResult> flush) => IsAccepted(await flush);

    private ValueTask<bool> SendAsync(Socket socket)
    {
        var chunk = scratch.Take();
        try
        {
            var sent = socket.Send(chunk, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success when sent == chunk.Length => new(true),
                // Only for a peer that is behind are the bytes copied.
                SocketError.Success or SocketError.WouldBlock => SendRestAsync(socket, chunk[Math.Max(sent, 0)..].ToArray()),
                _ => new(false),
            };
        }
        catch (ObjectDisposedException)
        {
            // The connection ended meanwhile; RequestAborted follows.
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
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
