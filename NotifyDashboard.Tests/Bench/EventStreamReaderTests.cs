using System.Text;
using NotifyDashboard.Bench.Load;

namespace NotifyDashboard.Tests.Bench;

/// <summary>What the bench counts: were it wrong, so were every figure.</summary>
public sealed class EventStreamReaderTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

    private readonly Tally _tally = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Reader_counts_every_event_once_for_any_read_size(int bytesAtOnce)
    {
        var reader = Read(Head + "\r\n" + string.Concat(Enumerable.Range(1, 50).Select(Event)), bytesAtOnce);
        Assert.Equal((200, "e-50", 0L), (reader.Status!.Value, reader.LastId, reader.Missing(50)));
        AssertTally(deliveries: 50);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(64, 1)]
    [InlineData(4_000, 9)]
    [InlineData(10, 100_000)]
    public void Chunks_of_any_size_are_unwrapped(int chunk, int bytesAtOnce)
    {
        var body = string.Concat(Enumerable.Range(1, 50).Select(Event)).Chunk(chunk).Select(part => $"{part.Length:x}\r\n{new string(part)}\r\n");
        Assert.Equal(0, Read(Head + "Transfer-Encoding: chunked\r\n\r\n" + string.Concat(body), bytesAtOnce).Missing(50));
        AssertTally(deliveries: 50);
    }

    [Fact]
    public void Reader_counts_missing_duplicate_and_out_of_order_events_and_gaps()
    {
        var reader = Read(Head + "\r\n" + string.Concat(new[] { 1, 2, 5, 4, 4, 8 }.Select(Event)) + "event: hub.gap\ndata: {}\n\n", 11);
        // 3, 6 and 7 in between, and 9 and 10 at the end.
        Assert.Equal(5, reader.Missing(10));
        AssertTally(deliveries: 5, doubled: 1, outOfOrder: 1, gaps: 1);
    }

    [Fact]
    public void Reader_reports_the_status_of_a_refused_stream_and_counts_no_delivery()
    {
        Assert.Equal(429, Read("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\n\r\n{}", 4).Status);
        AssertTally(deliveries: 0);
    }

    [Fact]
    public void Comments_heartbeats_and_unfinished_events_are_no_deliveries()
    {
        Read(Head + "\r\n: hello\n\nevent: hub.heartbeat\ndata: {\"at\":1}\n\ndata: {\"seq\":1,\"ts\":1}\n", 3);
        AssertTally(deliveries: 0);
    }

    private EventStreamReader Read(string text, int bytesAtOnce)
    {
        var reader = new EventStreamReader(_tally, keepsId: true);
        foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(bytesAtOnce)) reader.Take(part, now: 5);
        return reader;
    }

    private static string Event(int sequence) => $"id: e-{sequence}\ndata: {{\"seq\":{sequence},\"ts\":2,\"pad\":\"x\"}}\n\n";

    private void AssertTally(long deliveries, long doubled = 0, long outOfOrder = 0, long gaps = 0) =>
        Assert.Equal((deliveries, doubled, outOfOrder, gaps), (_tally.Deliveries, _tally.Doubled, _tally.OutOfOrder, _tally.Gaps));
}
