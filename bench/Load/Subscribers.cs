using System.Globalization;
using System.Text;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Load;

/// <summary>Many event streams on one thread, the caller's: they are read only while it waits here. Streams of one topic, or of a topic each.</summary>
internal sealed class Subscribers : IDisposable
{
    // More at once only fill the queue of the listening socket, and what finds it full comes back a second later.
    private const int MostConnecting = 256;

    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(60);

    private readonly ServerUnderTest _server;
    private readonly Func<int, string> _topic;
    private readonly int _patterns;
    private readonly string? _lastEventId;
    private readonly int[] _descriptors;
    private readonly bool[] _asked;
    private readonly EventStreamReader[] _readers;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly Epoll _epoll = new();
    private int _begun, _open, _lost;

    /// <param name="patterns">So many patterns that match nothing go with each topic.</param>
    /// <param name="first">The sequence that each stream receives first.</param>
    public Subscribers(ServerUnderTest server, int count, Func<int, string> topic, int patterns = 0, long first = 1, string? lastEventId = null)
    {
        (_server, _topic, _patterns, _lastEventId) = (server, topic, patterns, lastEventId);
        Tally.First = first;
        (_descriptors, _asked) = (new int[count], new bool[count]);
        _readers = [.. Enumerable.Range(0, count).Select(i => new EventStreamReader(Tally, keepsId: i == 0))];
    }

    public Tally Tally { get; } = new();

    public int Count => _readers.Length;

    /// <summary>The id of what the first stream has received last.</summary>
    public string LastId => _readers[0].LastId;

    /// <summary>Opens all streams as fast as the server takes them.</summary>
    public Subscribers Connect()
    {
        if (!PumpUntil(() => _open + _lost == Count, ConnectTime) || _lost > 0)
        {
            var status = Array.Find(_readers, r => r.Status is not null and not 200)?.Status;
            throw new BenchException($"{_server.Name}: {_open} of {Count} streams opened, {_lost} were refused or ended{(status is null ? "" : $", status {status}")}.");
        }
        return this;
    }

    /// <summary>Publishes events that do not count; gives the sequence of the first that does.</summary>
    public long Warm(ServerUnderTest server, long events, double rate, TimeSpan limit, string topic = "bench")
    {
        if (events == 0) return 1;
        var publisher = Publisher.Start(server, new() { Topic = topic, Requests = events, Rate = rate });
        if (!PumpUntilAllHave(events, limit)) throw new BenchException($"{server.Name}: not every stream received the first {events} events.");
        publisher.Join();
        Restart(events + 1);
        return events + 1;
    }

    /// <summary>From now on <paramref name="first"/> is the first sequence, and nothing has been received.</summary>
    public void Restart(long first)
    {
        Tally.First = first;
        Tally.Deliveries = 0;
        Tally.Latencies.Clear();
        foreach (var reader in _readers) reader.Restart();
    }

    /// <summary>Reads until every stream has everything up to <paramref name="last"/>; false where time ran out first.</summary>
    public bool PumpUntilAllHave(long last, TimeSpan limit)
    {
        Tally.Target = last;
        Tally.Arrived = _readers.Count(r => r.Has(last));
        return PumpUntil(() => Tally.Arrived + _lost >= Count, limit);
    }

    public void PumpFor(TimeSpan time) => PumpUntil(() => false, time);

    /// <summary>Says what was wrong up to the sequence <paramref name="last"/>.</summary>
    public void Judge(Measurement measurement, long last)
    {
        measurement.FindError("missing", _readers.Sum(r => r.Missing(last)));
        measurement.FindError("doubled", Tally.Doubled);
        measurement.FindError("out of order", Tally.OutOfOrder);
        measurement.FindError("gaps", Tally.Gaps);
        measurement.FindError("streams lost", _lost);
    }

    public void Dispose()
    {
        foreach (var descriptor in _descriptors) if (descriptor > 0) _ = Linux.Close(descriptor);
        _epoll.Dispose();
    }

    /// <summary>Reads until it is done; false where time ran out first.</summary>
    public bool PumpUntil(Func<bool> done, TimeSpan limit)
    {
        var until = Clock.Now + (long)limit.TotalNanoseconds;
        while (!done())
        {
            if (Clock.Now >= until) return false;
            while (_begun < Count && _begun - _open - _lost < MostConnecting) Begin(_begun++);
            var ready = _epoll.Wait(milliseconds: 20);
            for (var i = 0; i < ready; i++) Continue(_epoll[i]);
        }
        return true;
    }

    private void Begin(int index)
    {
        _descriptors[index] = Linux.Connect(_server.Port);
        _epoll.AddConnecting(_descriptors[index], index);
    }

    private void Continue(int index)
    {
        var (descriptor, reader) = (_descriptors[index], _readers[index]);
        if (!_asked[index])
        {
            _asked[index] = Linux.IsConnected(descriptor) && Linux.Send(descriptor, Request(index));
            if (_asked[index]) _epoll.ChangeToReading(descriptor, index);
            else Lose(index);
            return;
        }
        var received = Linux.Receive(descriptor, _buffer);
        if (received == 0) Lose(index);
        if (received <= 0) return;
        var isNew = reader.Status is null;
        reader.Take(_buffer.AsSpan(0, received), Clock.Now);
        if (isNew && reader.Status == 200) _open++;
        else if (isNew && reader.Status is not null) Lose(index);
    }

    private void Lose(int index)
    {
        _ = Linux.Close(_descriptors[index]);
        _descriptors[index] = 0;
        if (_readers[index].Status == 200) _open--;
        _lost++;
    }

    private byte[] Request(int index) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"GET {_server.StreamTarget(_topic(index), _patterns)} HTTP/1.1\r\nHost: 127.0.0.1:{_server.Port}\r\nAccept: text/event-stream\r\n{(_lastEventId is null ? "" : $"Last-Event-ID: {_lastEventId}\r\n")}\r\n"));
}
