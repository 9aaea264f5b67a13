using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>The web server of an application that embeds the hub: pages of another origin, and of another site, than the hub's.</summary>
public sealed class Site : IAsyncDisposable
{
    private const string EmptyPage = "<!doctype html><title>page</title><main></main>";

    private readonly HttpListener _listener;
    private readonly ConcurrentDictionary<string, Func<HttpListenerRequest, SiteAnswer>> _answers = new();
    private readonly Task _serving;

    public Site()
    {
        (_listener, Address) = Listen();
        _serving = ServeAsync();
    }

    // It takes no port 0, and a port that was free a moment ago may be taken by now.
    private static (HttpListener Listener, string Address) Listen()
    {
        for (var left = 10; ; left--)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
            probe.Stop();
            var listener = new HttpListener { Prefixes = { $"{address}/" } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (left > 0)
            {
                ((IDisposable)listener).Dispose();
            }
        }
    }

    /// <summary>The origin, without a slash at its end.</summary>
    public string Address { get; }

    /// <summary>The requests of one path so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Serves a page at the path. Any other path has an empty page.</summary>
    public void Page(string path, string html, string? contentSecurityPolicy = null) => Answer(path, _ => new(html, "text/html", contentSecurityPolicy));

    public void Answer(string path, Func<HttpListenerRequest, SiteAnswer> answer) => _answers[path] = answer;

    /// <summary>Answers a request for a token as docs/embedding.md asks for; null: nobody is signed in, 401.</summary>
    public void Tokens(string path, Func<string?> token) =>
        Answer(path, _ => token() is { } given ? new($$"""{"token":"{{given}}"}""", "application/json") : new("", "text/plain") { Status = 401 });

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                Serve(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                if (!_listener.IsListening) return; // stopped; otherwise a browser that has gone
            }
        }
    }

    private void Serve(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        Requests.Enqueue($"{context.Request.HttpMethod} {path}");
        var answer = _answers.TryGetValue(path, out var found) ? found(context.Request) : new SiteAnswer(EmptyPage, "text/html");
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = $"{answer.ContentType}; charset=utf-8";
        if (answer.ContentSecurityPolicy is { } policy) response.Headers["Content-Security-Policy"] = policy;
        if (answer.Location is { } location) response.Headers["Location"] = location;
        response.Close(Encoding.UTF8.GetBytes(answer.Body), willBlock: true);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }
}

/// <summary>What a <see cref="Site"/> answers.</summary>
public sealed record SiteAnswer(string Body, string ContentType, string? ContentSecurityPolicy = null)
{
    public int Status { get; init; } = 200;

    public string? Location { get; init; }
}
