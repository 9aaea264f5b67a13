using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace NotifyDashboard.Bench.Servers;

/// <summary>What one writes first: <c>TypedResults.ServerSentEvents</c> over a channel for each subscriber.</summary>
internal static class NaivePeer
{
    private static readonly ConcurrentDictionary<Channel<string>, bool> Channels = [];

    public static async Task<int> ServeAsync(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        await using var app = builder.Build();
        app.MapGet("/sub", (IHostApplicationLifetime host, CancellationToken gone) => TypedResults.ServerSentEvents(ReadAsync(host, gone)));
        app.MapPost("/pub", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var data = await reader.ReadToEndAsync();
            foreach (var channel in Channels.Keys) channel.Writer.TryWrite(data);
            return TypedResults.NoContent();
        });
        await app.RunAsync();
        return 0;
    }

    private static async IAsyncEnumerable<string> ReadAsync(IHostApplicationLifetime host, [EnumeratorCancellation] CancellationToken gone)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, host.ApplicationStopping);
        var channel = Channel.CreateUnbounded<string>(new() { SingleReader = true });
        Channels[channel] = true;
        try
        {
            // The head goes out with the first event.
            yield return "hello";
            await foreach (var data in channel.Reader.ReadAllAsync(end.Token)) yield return data;
        }
        finally
        {
            Channels.TryRemove(channel, out _);
        }
    }
}
