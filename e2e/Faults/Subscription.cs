using System.Net.ServerSentEvents;

namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>A subscriber that comes back with its last cursor whenever its stream breaks, as a browser does. Keeps what it got.</summary>
internal sealed class Subscription : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly string _address;
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly List<(string Id, string Data)> _received = [];
    private readonly List<(Func<bool> IsTrue, TaskCompletionSource Came)> _awaited = [];
    private readonly Task _reading;
    private string _cursor = "earliest";

    public Subscription(HttpClient http, string address, string topic)
    {
        (_http, _address) = (http, $"{address}/sse-stream?topic={topic}");
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Notifications in the order in which they came.</summary>
    public IReadOnlyList<(string Id, string Data)> Received
    {
        get
        {
            lock (_awaited) return [.. _received];
        }
    }

    /// <summary>How often a stream was opened.</summary>
    public int Openings { get; private set; }

    public int Heartbeats { get; private set; }

    public int Gaps { get; private set; }

    /// <summary>Ends when this has become true of what came in so far; fails after half a minute.</summary>
    public async Task UntilAsync(Func<Subscription, bool> isTrue)
    {
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Note(() => _awaited.Add((() => isTrue(this), came)));
        await came.Task.WaitAsync(Timeout, _end.Token);
    }

    public async Task NextHeartbeatAsync()
    {
        var seen = Heartbeats;
        await UntilAsync(s => s.Heartbeats > seen);
    }

    private async Task ReadAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await ReadStreamAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The server is away: once more in a moment, all of them spread over it.
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                // The test is over.
                return;
            }
            await Task.Delay(Random.Shared.Next(20, 200), CancellationToken.None);
        }
    }

    private async Task ReadStreamAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address);
        request.Headers.Add("Last-Event-ID", _cursor);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _end.Token);
        response.EnsureSuccessStatusCode();
        var parser = SseParser.Create(await response.Content.ReadAsStreamAsync(_end.Token));
        await foreach (var item in parser.EnumerateAsync(_end.Token)) Note(() => Take(item));
    }

    private void Take(SseItem<string> item)
    {
        if (item.EventId is { Length: > 0 } cursor) _cursor = cursor;
        switch (item.EventType)
        {
            case "hub.hello": Openings++; break;
            case "hub.heartbeat": Heartbeats++; break;
            case "hub.gap": Gaps++; break;
            case "notification": _received.Add((item.EventId!, item.Data)); break;
        }
    }

    private void Note(Action change)
    {
        lock (_awaited)
        {
            change();
            foreach (var (_, came) in _awaited.Where(a => a.IsTrue()).ToList()) came.TrySetResult();
            _awaited.RemoveAll(a => a.Came.Task.IsCompleted);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _end.Dispose();
    }
}
