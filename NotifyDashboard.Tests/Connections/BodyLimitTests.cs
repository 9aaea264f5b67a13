using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Connections;

/// <summary>A hub with room for bodies of a megabyte, half of it for one address.</summary>
public sealed class BodyLimitTests : IAsyncDisposable
{
    private const int Size = 300_000;

    private readonly List<Socket> _sockets = [];
    private readonly HubServer _hub = Hubs.Start(("Connections:MaxBodyBytes", "1000000"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Large_bodies_that_do_not_come_to_their_end_stop_nobody_else(bool saysItsLength)
    {
        // Two of one address fit, and with two of another there is no more room. The others are told before they end.
        foreach (var address in new[] { "127.0.0.1", "127.0.0.2" })
        {
            var answers = await BeginAsync(address, 6, saysItsLength);
            await Until.TrueAsync(() => answers.Count(answer => answer.IsCompleted) == 4);
            foreach (var answer in answers.Where(answer => answer.IsCompleted)) Assert.Matches("^HTTP/1.1 (429|503) (.|\\n)*Retry-After: 1\r", await answer);
        }
        using var third = Elsewhere.NewHttp("127.0.0.3");
        await Until.TrueAsync(async () => await PostLargeAsync(third) == HttpStatusCode.ServiceUnavailable);
        // What is small goes on, wherever it comes from.
        using var small = await _hub.PostAsync("""{"title":"Small"}""");
        Assert.Equal(HttpStatusCode.Created, small.StatusCode);

        foreach (var socket in _sockets) socket.Dispose();
        await Until.TrueAsync(async () => await PostLargeAsync(_hub.Http) == HttpStatusCode.Created);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        await _hub.DisposeAsync();
    }

    private async Task<HttpStatusCode> PostLargeAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_hub.Address, "/api/notifications"))
        {
            Content = new StringContent($"[{{\"title\":\"Large\"}}{new string(' ', Size)}]", Encoding.UTF8, "application/json"),
            Headers = { Authorization = Hubs.Bearer },
        };
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private async Task<List<Task<string>>> BeginAsync(string address, int count, bool saysItsLength)
    {
        var answers = new List<Task<string>>();
        for (var i = 0; i < count; i++) answers.Add(await BeginAsync(address, saysItsLength));
        return answers;
    }

    /// <summary>Sends a batch but for its last byte.</summary>
    /// <returns>The answer, once there is one.</returns>
    private async Task<Task<string>> BeginAsync(string address, bool saysItsLength)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(socket);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        await socket.ConnectAsync(IPAddress.Loopback, _hub.Address.Port, Cancellation);
        var length = saysItsLength ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Size}\r\n\r\n") : $"Transfer-Encoding: chunked\r\n\r\n{Size:x}\r\n";
        var request = $"POST /api/notifications HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Hubs.ApiKey}\r\nContent-Type: application/json\r\n{length}[{new string(' ', Size - 2)}";
        return AnswerAsync();

        async Task<string> AnswerAsync()
        {
            var buffer = new byte[4_096];
            var read = socket.ReceiveAsync(buffer, Cancellation).AsTask();
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), Cancellation);
            return Encoding.ASCII.GetString(buffer, 0, await read);
        }
    }
}
