using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text;

namespace NotifyDashboard.Tests.Testing;

/// <summary>A raw connection that reads as fast as it can and keeps only how much came, so that hundreds of them cost little.</summary>
internal sealed class EagerPeer : IDisposable
{
    private readonly TcpClient _tcp = new();
    private long _last;
    private int _received;
    private volatile bool _opened;
    private volatile bool _disordered;

    /// <summary>Notifications that came.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>Each came after the one before it, and nothing in between was left out; it reads all of a log.</summary>
    public bool IsWhole => !_disordered && Volatile.Read(ref _last) == Received;

    public static async Task<EagerPeer[]> OpenAsync(HubServer server, string query, int count)
    {
        var peers = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => OpenOneAsync(server, query)));
        await Eventually.TrueAsync(() => peers.All(p => p._opened));
        return peers;
    }

    public void Dispose() => _tcp.Dispose();

    private static async Task<EagerPeer> OpenOneAsync(HubServer server, string query)
    {
        var peer = new EagerPeer();
        await peer._tcp.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        // HTTP/1.0, so that the body is not chunked; to the parser the response's headers are fields that it does not know.
        await peer._tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /sse-stream{query} HTTP/1.0\r\nHost: hub\r\n\r\n"), TestContext.Current.CancellationToken);
        _ = peer.ReadAsync();
        return peer;
    }

    private async Task ReadAsync()
    {
        await foreach (var item in SseParser.Create(_tcp.GetStream(), static (_, _) => 0).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            if (item.EventType == "hub.hello")
            {
                _opened = true;
            }
            else
            {
                var sequence = long.Parse(item.EventId!.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
                _disordered |= sequence != _last + 1;
                Volatile.Write(ref _last, sequence);
                Interlocked.Increment(ref _received);
            }
        }
    }
}
