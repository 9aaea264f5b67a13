using System.Globalization;
using System.Text;
using NotifyDashboard.Bench.Load;

namespace NotifyDashboard.Bench.Servers;

/// <summary>
/// The machine's limit at one write an event: one thread that knows just enough HTTP. <c>GET</c> opens a stream, and the body of a <c>POST</c> is sent to every stream at once, by one call of the kernel each.
/// </summary>
internal static class RawPeer
{
    private const int Listener = -1;

    private static readonly Dictionary<int, byte[]> Partial = [];
    private static readonly HashSet<int> Streams = [];
    private static readonly byte[] Buffer = new byte[64 * 1024];

    public static int Serve(string port)
    {
        using var epoll = new Epoll();
        var listener = Linux.Listen(int.Parse(port, CultureInfo.InvariantCulture));
        epoll.AddReading(listener, Listener);
        while (true)
        {
            var ready = epoll.Wait(milliseconds: 1000);
            for (var i = 0; i < ready; i++)
            {
                if (epoll[i] != Listener) Read(epoll[i]);
                else for (int descriptor; (descriptor = Linux.Accept(listener)) >= 0;) epoll.AddReading(descriptor, descriptor);
            }
        }
    }

    private static void Read(int descriptor)
    {
        var received = Linux.Receive(descriptor, Buffer);
        if (received < 0) return;
        if (received == 0)
        {
            Close(descriptor);
            return;
        }
        byte[] bytes = [.. Partial.GetValueOrDefault(descriptor, []), .. Buffer.AsSpan(0, received)];
        var rest = bytes.AsSpan();
        while (Answer(descriptor, rest) is var taken and > 0) rest = rest[taken..];
        if (rest.IsEmpty) Partial.Remove(descriptor);
        else Partial[descriptor] = rest.ToArray();
    }

    // How many bytes the first request had; 0 where it is not complete.
    private static int Answer(int descriptor, ReadOnlySpan<byte> bytes)
    {
        var body = bytes.IndexOf("\r\n\r\n"u8) + 4;
        if (body < 4) return 0;
        if (bytes.StartsWith("GET /sub"u8))
        {
            if (Linux.Send(descriptor, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"u8)) Streams.Add(descriptor);
            return body;
        }
        var head = Encoding.ASCII.GetString(bytes[..body]);
        var length = head.IndexOf("Content-Length: ", StringComparison.Ordinal) is var at and >= 0 ? int.Parse(head.AsSpan(at + 16, head.IndexOf('\r', at) - at - 16), CultureInfo.InvariantCulture) : 0;
        if (bytes.Length < body + length) return 0;
        Linux.Send(descriptor, length == 0 ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8 : "HTTP/1.1 204 No Content\r\n\r\n"u8);
        if (length > 0) SendToAll([.. "data: "u8, .. bytes.Slice(body, length), .. "\n\n"u8]);
        return body + length;
    }

    // Who does not take it all is too slow for a server without a queue.
    private static void SendToAll(byte[] frame)
    {
        foreach (var stream in Streams.ToArray()) if (!Linux.Send(stream, frame)) Close(stream);
    }

    private static void Close(int descriptor)
    {
        Streams.Remove(descriptor);
        Partial.Remove(descriptor);
        _ = Linux.Close(descriptor);
    }
}
