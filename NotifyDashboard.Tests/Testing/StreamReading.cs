using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace NotifyDashboard.Tests.Testing;

/// <summary>An open stream, read by the BCL's parser. Each read has a bounded patience.</summary>
internal sealed class StreamReading : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly CancellationTokenSource _ending;

    private StreamReading(HttpResponseMessage response, Recording wire, CancellationTokenSource ending)
    {
        (_response, Wire, _ending) = (response, wire, ending);
        _items = SseParser.Create(wire).EnumerateAsync(ending.Token).GetAsyncEnumerator(ending.Token);
    }

    public HttpResponseMessage Response => _response;

    /// <summary>What came over the wire so far, as text.</summary>
    public string Raw => Wire.Text;

    /// <summary>The hello; read on opening.</summary>
    public SseItem<string> Hello { get; private set; }

    private Recording Wire { get; }

    public static async Task<StreamReading> OpenAsync(HubServer server, string query, string? lastEventId)
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/sse-stream" + query));
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = (await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token)).EnsureSuccessStatusCode();
        var reading = new StreamReading(response, new Recording(await response.Content.ReadAsStreamAsync(ending.Token)), ending);
        reading.Hello = await reading.NextAsync();
        Assert.Equal("hub.hello", reading.Hello.EventType);
        return reading;
    }

    public async Task<SseItem<string>> NextAsync() => await TryNextAsync() ?? throw new EndOfStreamException("The stream ended.");

    /// <summary>Null at the end of the stream.</summary>
    public async Task<SseItem<string>?> TryNextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var giveUp = patience.Token.Register(_ending.Cancel);
        return await _items.MoveNextAsync() ? _items.Current : null;
    }

    public async Task<List<SseItem<string>>> TakeAsync(int count)
    {
        var items = new List<SseItem<string>>(count);
        while (items.Count < count) items.Add(await NextAsync());
        return items;
    }

    /// <summary>The next ones' data.</summary>
    public async Task<List<string>> DataAsync(int count) => [.. (await TakeAsync(count)).Select(i => i.Data)];

    public static JsonElement Json(SseItem<string> item) => JsonDocument.Parse(item.Data).RootElement;

    public void Dispose()
    {
        _ending.Cancel();
        _response.Dispose();
        _ending.Dispose();
    }

    private sealed class Recording(Stream inner) : Stream
    {
        private readonly MemoryStream _seen = new();

        public string Text
        {
            get
            {
                lock (_seen) return Encoding.UTF8.GetString(_seen.ToArray());
            }
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            lock (_seen) _seen.Write(buffer.Span[..read]);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
