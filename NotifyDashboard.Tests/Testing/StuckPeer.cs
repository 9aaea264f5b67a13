using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text;

namespace NotifyDashboard.Tests.Testing;

/// <summary>A raw connection with a small receive buffer that reads only when told.</summary>
internal sealed class StuckPeer : IDisposable
{
    private readonly TcpClient _tcp = new() { ReceiveBufferSize = 4_096 };

    private Stream _body = null!;
    private bool _reset;

    private StuckPeer()
    {
    }

    /// <summary>Opens a stream and reads as far as the end of its headers.</summary>
    public static async Task<StuckPeer> OpenAsync(HubServer server, string query, string path = "/sse-stream", string headers = "")
    {
        var peer = new StuckPeer();
        await peer._tcp.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await peer._tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path}{query} HTTP/1.1\r\nHost: hub\r\n{headers}\r\n"), TestContext.Current.CancellationToken);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await peer._tcp.GetStream().ReadExactlyAsync(one, TestContext.Current.CancellationToken);
            head.Append((char)one[0]);
        }
        Assert.StartsWith("HTTP/1.1 200", head.ToString(), StringComparison.Ordinal);
        peer._body = head.ToString().Contains("Transfer-Encoding: chunked", StringComparison.Ordinal) ? new ChunkedBody(peer._tcp.GetStream()) : peer._tcp.GetStream();
        return peer;
    }

    /// <summary>Waits until the network between takes no more: what is available has stopped growing.</summary>
    public async Task BlockedAsync()
    {
        var (seen, same) = (-1, 0);
        await Eventually.TrueAsync(() =>
        {
            same = _tcp.Available > 0 && _tcp.Available == seen ? same + 1 : 0;
            seen = _tcp.Available;
            return same == 20;
        });
    }

    /// <summary>Takes exactly so many bytes, however long they take to come; false when the connection has ended.</summary>
    public async Task<bool> TakeAsync(Memory<byte> into)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            await _body.ReadExactlyAsync(into, patience.Token);
            return true;
        }
        catch (IOException)
        {
            // Closed or cut by the server.
            return false;
        }
    }

    /// <summary>Takes what still comes until the connection ends, however it is closed.</summary>
    public async Task<byte[]> TakeAllAsync()
    {
        var all = new MemoryStream();
        var one = new byte[1];
        while (await TakeAsync(one)) all.WriteByte(one[0]);
        return all.ToArray();
    }

    /// <summary>The connection was reset; what had arrived before can still be read.</summary>
    public bool IsReset => _reset |= (int)_tcp.Client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0;

    /// <summary>Reads on. Ends with the connection, however it is closed.</summary>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await using var items = SseParser.Create(_body).EnumerateAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync()) yield break;
            }
            catch (IOException)
            {
                // The server cut the connection.
                yield break;
            }
            yield return items.Current;
        }
    }

    public void Dispose() => _tcp.Dispose();
}
