using System.Globalization;
using System.Text;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Load;

/// <summary>How events are published.</summary>
internal sealed record Plan
{
    public string Topic { get; init; } = "bench";

    /// <summary>The sequence of the first event.</summary>
    public long First { get; init; } = 1;

    /// <summary>How many requests; without an end: until <see cref="Publisher.Stop"/>.</summary>
    public long Requests { get; init; } = long.MaxValue;

    /// <summary>Events of one request.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Requests a second, sent when they are due whether or not the ones before were answered. 0: each connection sends as soon as it is answered.</summary>
    public double Rate { get; init; }

    public int Connections { get; init; } = 1;

    /// <summary>Requests that wait for their answers on one connection.</summary>
    public int Pipeline => Rate > 0 && Connections == 1 ? 256 : 1;
}

/// <summary>Publishes events of 200 bytes on a thread of its own.</summary>
internal sealed class Publisher
{
    private const int EventBytes = 200;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly ServerUnderTest _server;
    private readonly Plan _plan;
    private readonly Thread _thread;
    private readonly Queue<PublishConnection> _free = [];
    private readonly StringBuilder _body = new();
    private Exception? _failure;
    private volatile bool _stopped;
    private long _sent, _answered, _refused;

    private Publisher(ServerUnderTest server, Plan plan)
    {
        (_server, _plan) = (server, plan);
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public static Publisher Start(ServerUnderTest server, Plan plan) => new(server, plan);

    /// <summary>Publishes and waits until all is answered.</summary>
    public static Publisher Finish(ServerUnderTest server, Plan plan) => Start(server, plan).Join();

    /// <summary>When the first event was due.</summary>
    public long StartedAt { get; private set; }

    public double Seconds { get; private set; }

    /// <summary>Events that were accepted.</summary>
    public long Accepted => (Volatile.Read(ref _answered) - _refused) * _plan.Batch;

    public long Refused => _refused;

    /// <summary>The sequence of the last event.</summary>
    public long Last => _plan.First + (_sent * _plan.Batch) - 1;

    /// <summary>From when a request was due until its answer.</summary>
    public Latencies Answers { get; } = new();

    /// <summary>Publishes no more, and waits for what is not answered.</summary>
    public Publisher Stop()
    {
        _stopped = true;
        return Join();
    }

    public Publisher Join()
    {
        _thread.Join();
        return _failure is null ? this : throw new BenchException($"{_server.Name}: publishing failed. {_failure.Message}", _failure);
    }

    private void Run()
    {
        var connections = Enumerable.Range(0, _plan.Connections).Select(_ => new PublishConnection(_server.Port)).ToArray();
        try
        {
            using var epoll = new Epoll();
            for (var i = 0; i < connections.Length; i++) epoll.AddReading(connections[i].Descriptor, i);
            for (var i = 0; i < _plan.Pipeline; i++) foreach (var connection in connections) _free.Enqueue(connection);
            StartedAt = Clock.Now;
            while (!IsDone)
            {
                while (!IsDone && IsDue && _free.TryDequeue(out var connection)) Send(connection);
                Receive(epoll, connections);
            }
            var patience = Clock.Now + (long)Timeout.TotalNanoseconds;
            while (_answered < _sent && Clock.Now < patience) Receive(epoll, connections);
            if (_answered < _sent) throw new BenchException($"{_sent - _answered} requests were never answered.");
            Seconds = Clock.SecondsSince(StartedAt);
        }
        catch (Exception failure)
        {
            // Belongs to who waits for this thread.
            _failure = failure;
        }
        finally
        {
            foreach (var connection in connections) connection.Dispose();
        }
    }

    private bool IsDone => _stopped || _sent >= _plan.Requests;

    private long DueAt => _plan.Rate > 0 ? StartedAt + (long)(_sent / _plan.Rate * 1e9) : Clock.Now;

    private bool IsDue => DueAt <= Clock.Now;

    private void Send(PublishConnection connection)
    {
        var dueAt = DueAt;
        _body.Clear();
        if (_plan.Batch > 1) _body.Append('[');
        for (var i = 0; i < _plan.Batch; i++)
        {
            if (i > 0) _body.Append(',');
            _body.Append(_server.BeforeEvent(_plan.Topic));
            var start = _body.Length;
            _body.Append(CultureInfo.InvariantCulture, $"{{\"seq\":{_plan.First + (_sent * _plan.Batch) + i},\"ts\":{dueAt},\"pad\":\"");
            _body.Append('x', EventBytes - 2 - (_body.Length - start)).Append("\"}").Append(_server.AfterEvent);
        }
        if (_plan.Batch > 1) _body.Append(']');
        var request = $"POST {_server.PublishTarget(_plan.Topic)} HTTP/1.1\r\nHost: 127.0.0.1:{_server.Port}\r\nContent-Type: application/json\r\n{_server.PublishHeaders}Content-Length: {_body.Length}\r\n\r\n{_body}";
        connection.Send(Encoding.ASCII.GetBytes(request), dueAt);
        _sent++;
    }

    private void Receive(Epoll epoll, PublishConnection[] connections)
    {
        var due = _plan.Rate > 0 ? Math.Max(0, (DueAt - Clock.Now + 999_999) / 1_000_000) : 20;
        var ready = epoll.Wait((int)(_free.Count == 0 || IsDone ? 20 : Math.Min(20, due)));
        for (var i = 0; i < ready; i++)
        {
            var connection = connections[epoll[i]];
            foreach (var (status, dueAt) in connection.Receive())
            {
                if (status is < 200 or > 299) _refused++;
                Answers.Add(Clock.Now - dueAt);
                Volatile.Write(ref _answered, _answered + 1);
                _free.Enqueue(connection);
            }
        }
    }
}
