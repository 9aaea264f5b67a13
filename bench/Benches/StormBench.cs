using NotifyDashboard.Bench.Load;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Benches;

/// <summary>
/// All streams break and come back with a cursor 100 events behind. Meanwhile their topic goes on at a rate, and others publish on a topic that nobody hears.
/// A stream is live once it has all that was published before it came back.
/// </summary>
internal sealed class StormBench() : Bench("storm")
{
    private const int Behind = 100, Publishers = 64;

    private static readonly Metric Live = new("liveSeconds", "s until all are live", Plotted: true);
    private static readonly Metric Before = new("publishesPerSecondBefore", "publishes/s before");
    private static readonly Metric During = new("publishesPerSecondDuring", "publishes/s during");
    private static readonly Metric Share = new("publishShare", "publishes/s during / before", Plotted: true);
    private static readonly Metric Answer = new("answerP99Ms", "p99 ms of the publishers' answers during");

    public override IReadOnlyList<Metric> Metrics => [Live, Before, During, Share, Answer];

    public override string? Unsuited(ServerUnderTest server) => server.Resumes && server.HasTopics ? null : "its streams do not resume";

    public override void Measure(ServerUnderTest server, Options options, Measurement measurement)
    {
        var (count, patterns) = (options.Number("connections", 10_000), options.Number("match", 0));
        var elsewhere = new Plan { Topic = "elsewhere", Connections = Publishers, Rate = options.Number("elsewhere", 100) };
        string cursor;
        using (var streams = new Subscribers(server, count, _ => "bench", patterns).Connect())
        {
            var calm = Publisher.Start(server, elsewhere);
            streams.PumpFor(options.Seconds(3));
            measurement[Before] = calm.Stop().Accepted / calm.Seconds;
            Publisher.Finish(server, new() { Requests = 1 });
            streams.PumpUntilAllHave(1, Timeout);
            cursor = streams.LastId;
        }
        var missed = Publisher.Finish(server, new() { First = 2, Requests = Behind });
        var ongoing = Publisher.Start(server, new() { First = missed.Last + 1, Rate = options.Number("rate", 5) });
        using var back = new Subscribers(server, count, _ => "bench", patterns, first: 2, cursor);
        var (start, others) = (Clock.Now, Publisher.Start(server, elsewhere));
        back.Connect().PumpUntilAllHave(missed.Last, Timeout);
        measurement[Live] = Clock.SecondsSince(start);
        measurement[During] = others.Accepted / measurement[Live];
        measurement[Share] = measurement[During] / measurement[Before];
        measurement[Answer] = others.Stop().Answers.Milliseconds(99);
        // What they were sent while they caught up, and what comes when they are live, has to follow without a hole.
        back.PumpFor(TimeSpan.FromSeconds(1));
        ongoing.Stop();
        back.PumpUntilAllHave(ongoing.Last, Timeout);
        back.Judge(measurement, ongoing.Last);
        measurement.FindError("refused", missed.Refused + ongoing.Refused + others.Refused);
    }
}
