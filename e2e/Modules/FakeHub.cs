using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>Speaks a hub's frames on a port of its own and serves the modules. Its log is a list; it can cut, refuse and say goodbye.</summary>
internal sealed class FakeHub : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<HttpListenerResponse, string[]> _streams = new();
    private readonly List<(long Sequence, string[] Topics, string Frame)> _log = [];
    private readonly SemaphoreSlim _came = new(0);
    private readonly Lock _gate = new();
    private readonly Task _serving;
    private long _head = 100;

    public FakeHub()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Tells a page of another origin where the hub is.</summary>
    public string Script => $"globalThis.hubAddress = '{Address}';";

    /// <summary>Whether pages of other origins may read what it answers.</summary>
    public bool AllowsOrigins { get; set; } = true;

    public bool Refuses { get; set; }
    public ConcurrentQueue<Uri> Requests { get; } = new();

    /// <summary>Done when so many requests for a stream have come, and hear what is published from now on.</summary>
    public async Task CameAsync(int requests, CancellationToken cancellation)
    {
        while (Requests.Count < requests) await _came.WaitAsync(cancellation);
    }

    public void Publish(string topic, int times = 1)
    {
        lock (_gate)
        {
            for (var i = 0; i < times; i++)
            {
                var id = $"fake-{++_head}";
                var data = JsonSerializer.Serialize(new { id, type = "notification", topics = new[] { topic }, title = id, publishedAt = DateTimeOffset.UtcNow });
                Append(topic, "hub.notification", data);
            }
        }
    }

    /// <summary>The id of what was appended last, or so many before.</summary>
    public string IdOf(int before = 0) => $"fake-{_head - before}";

    public void Update(string topic, string id)
    {
        lock (_gate)
        {
            _head++;
            Append(topic, "hub.update", JsonSerializer.Serialize(new { id, type = "notification", topics = new[] { topic }, title = "new", publishedAt = DateTimeOffset.UtcNow, updatedAt = DateTimeOffset.UtcNow }));
        }
    }

    public void Retract(string topic, string id)
    {
        lock (_gate)
        {
            _head++;
            Append(topic, "hub.retract", JsonSerializer.Serialize(new { id, reason = "retracted" }));
        }
    }

    private void Append(string topic, string type, string data)
    {
        var frame = $"event: {type}\nid: fake-{_head}\ndata: {data}\n\n";
        _log.Add((_head, [topic], frame));
        foreach (var (stream, topics) in _streams) if (topics.Contains(topic)) Write(stream, frame);
    }

    public void Cut()
    {
        foreach (var stream in _streams.Keys) if (_streams.TryRemove(stream, out _)) stream.Abort();
    }

    public void SayGoodbye(int retryMs)
    {
        foreach (var stream in _streams.Keys) Write(stream, $"event: hub.bye\ndata: {{\"retryMs\":{retryMs}}}\n\n");
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Answer(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return; // stopped: that is how this listener says so
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (path, response) = (context.Request.Url!.AbsolutePath, context.Response);
        if (AllowsOrigins) (response.Headers["Access-Control-Allow-Origin"], response.Headers["Access-Control-Allow-Headers"]) = ("*", "*");
        if (path == "/sse-stream") Stream(context);
        else if (path.StartsWith("/shared/", StringComparison.Ordinal) && File.Exists(Path.Combine(PublishedApp.Modules, path[8..])))
            Send(response, path.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : path.EndsWith(".html", StringComparison.Ordinal) ? "text/html" : "text/javascript", File.ReadAllBytes(Path.Combine(PublishedApp.Modules, path[8..])));
        else Send(response, "text/html", "<!doctype html><title>page</title><main></main>"u8.ToArray());
    }

    private void Stream(HttpListenerContext context)
    {
        Requests.Enqueue(context.Request.Url!);
        if (Refuses)
        {
            context.Response.StatusCode = 503;
            context.Response.Close();
        }
        else
        {
            Open(context.Request, context.Response);
        }

        _came.Release();
    }

    private void Open(HttpListenerRequest request, HttpListenerResponse response)
    {
        response.ContentType = "text/event-stream";
        response.SendChunked = true;
        var topics = (request.QueryString.GetValues("topic") ?? [""]).Select(topic => topic.Length > 0 ? topic : "broadcast").ToArray();
        var last = request.QueryString["last_event_id"];
        lock (_gate)
        {
            var from = last is null ? _head : long.Parse(last[5..], System.Globalization.CultureInfo.InvariantCulture);
            Write(response, $": hello\n\nevent: hub.hello\nid: fake-{from}\ndata: {{\"streamId\":\"s\",\"heartbeatSeconds\":15}}\n\n");
            foreach (var (sequence, its, frame) in _log) if (sequence > from && its.Intersect(topics).Any()) Write(response, frame);
            _streams[response] = topics;
        }
    }

    private void Write(HttpListenerResponse response, string text)
    {
        try
        {
            response.OutputStream.Write(Encoding.UTF8.GetBytes(text));
            response.OutputStream.Flush();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            _streams.TryRemove(response, out _); // the page has gone
        }
    }

    private static void Send(HttpListenerResponse response, string type, byte[] body)
    {
        response.ContentType = type;
        response.Close(body, willBlock: true);
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "NotifyDashboard.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Close();
        await _serving;
    }
}
