using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NotifyDashboard.EndToEnd.Harness;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.EndToEnd;

/// <summary>A thousand streams and twenty pages are open when the server is told to stop.</summary>
[Collection(Sequential.Name)]
public sealed class CalmRestartTests(Browsers browsers) : HubTest(browsers)
{
    private static readonly int Streams = Effort.Of(400, thorough: 1_000), Circuits = Effort.Of(6, thorough: 20);
    private const int SpreadMs = 3_000; // Streams:RestartSpread's default
    private const int LeastMs = 250;

    [Fact]
    public async Task Server_stops_within_two_seconds_and_gives_every_stream_a_randomised_retry_delay()
    {
        for (var i = 0; i < Circuits; i++) await OpenDemoAsync();
        var streams = await Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => OpenStreamAsync()));
        // Connections that are there already: a new one may be refused by a server that is about to go.
        var asking = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ConnectAsync()));
        foreach (var tcp in asking) Assert.StartsWith("HTTP/1.1 200", await AskAsync(tcp, "/healthz/ready"), StringComparison.Ordinal);

        var stop = Hub.StopAsync();
        await Task.WhenAny(streams.Select(s => s.RetryMs.Task));
        var answers = await Task.WhenAll(AskAsync(asking[0], "/healthz/ready"), AskAsync(asking[1], "/sse-stream"));
        var took = await stop;
        var byes = await Task.WhenAll(streams.Select(s => s.RetryMs.Task)).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.All(answers, answer =>
        {
            Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
            Assert.Contains("Retry-After: 1\r\n", answer, StringComparison.Ordinal);
        });
        Assert.All(byes, bye => Assert.InRange(bye, LeastMs, LeastMs + SpreadMs));
        // Of a thousand at random, the outermost lie far apart: they do not come back at once.
        Assert.InRange(byes.Max() - byes.Min(), SpreadMs * 9 / 10, SpreadMs);
        TestContext.Current.TestOutputHelper?.WriteLine($"Gone after {took.TotalMilliseconds:0} ms.");
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync("localhost", new Uri(Hub.Address).Port, TestContext.Current.CancellationToken);
        return tcp;
    }

    private static Task SendAsync(TcpClient tcp, string path, string version = "1.1") =>
        tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/{version}\r\nHost: localhost\r\n\r\n"), TestContext.Current.CancellationToken).AsTask();

    private static async Task<string> AskAsync(TcpClient tcp, string path)
    {
        await SendAsync(tcp, path);
        var answer = new byte[4096];
        var read = await tcp.GetStream().ReadAsync(answer, TestContext.Current.CancellationToken);
        return Encoding.ASCII.GetString(answer, 0, read);
    }

    private async Task<OpenStream> OpenStreamAsync()
    {
        var stream = new OpenStream(await ConnectAsync());
        await SendAsync(stream.Tcp, "/sse-stream", "1.0");
        _ = stream.ReadAsync();
        await stream.Opened.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return stream;
    }

    /// <summary>A stream, read to its end.</summary>
    private sealed class OpenStream(TcpClient tcp)
    {
        public TcpClient Tcp => tcp;

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The bye's, as soon as it is there.</summary>
        public TaskCompletionSource<int> RetryMs { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task ReadAsync()
        {
            using (tcp)
            {
                try
                {
                    // To the parser the response's headers are fields that it does not know.
                    await foreach (var item in SseParser.Create(tcp.GetStream()).EnumerateAsync())
                    {
                        if (item.EventType == "hub.hello") Opened.TrySetResult();
                        if (item.EventType == "hub.bye") RetryMs.TrySetResult(JsonDocument.Parse(item.Data).RootElement.GetProperty("retryMs").GetInt32());
                    }
                    RetryMs.TrySetException(new EndOfStreamException("The stream ended without a bye."));
                }
                catch (IOException exception)
                {
                    RetryMs.TrySetException(exception);
                }
            }
        }
    }

    // Circuits and streams that are cut complain of it.
    protected override bool IsExpected(string error) => !error.Contains("Policy", StringComparison.Ordinal);
}
