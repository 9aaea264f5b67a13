using NotifyDashboard.Bench.Load;
using NotifyDashboard.Bench.Reporting;
using NotifyDashboard.Bench.Servers;

namespace NotifyDashboard.Bench.Benches;

/// <summary>
/// All streams break and come back with a cursor 100 events behind. Meanwhile their topic goes on at a rate, and somebody else publishes on a topic that nobody hears, each after the answer to the one before.
/// A stream is live once it has all that was published before it came back.
/// </summary>
internal sealed class StormBench() : Bench("storm")
{
    private const int Behind = 100;

    private static readonly Metric Live = new("liveSeconds", "s until all are live", Plotted: true);
    private static readonly Metric Before = new("publishesPerSecondBefore", "publishes/s before");
    private static readonly Metric During = new("publishesPerSecondDuring", "publishes/s during");
    private static readonly Metric Share = new("publishShare", "of its rate during", Plotted: true);

    public override IReadOnlyList<Metric> Metrics => [Live, Before, During, Share];

    public override string? Unsuited(ServerUnderTest server) => server.Resumes && server.HasTopics ? null : "its streams do not resume";

    public override void Measure(ServerUnderTest server, Options options, Measurement measurement)
    {
        var (count, patterns) = (options.Number("connections", 10_000), options.Number("match", 0));
        var elsewhere = Publisher.Start(server, new() { Topic = "elsewhere" });
        string cursor;
        using (var streams = new Subscribers(server, count, _ => "bench", patterns).Connect())
        {
            var quiet = Rate.Of(elsewhere);
            streams.PumpFor(options.Seconds(3));
            measurement[Before] = quiet.PerSecond;
            Publisher.Finish(server, new() { Requests = 1 });
            streams.PumpUntilAllHave(1, Patience);
            cursor = streams.LastId;
        }
        var missed = Publisher.Finish(server, new() { First = 2, Requests = Behind });
        var ongoing = Publisher.Start(server, new() { First = missed.Last + 1, Rate = options.Number("rate", 5) });
        using var back = new Subscribers(server, count, _ => "bench", patterns, first: 2, cursor);
        var storm = Rate.Of(elsewhere);
        back.Connect().PumpUntilAllHave(missed.Last, Patience);
        measurement[Live] = storm.Seconds;
        measurement[During] = storm.PerSecond;
        measurement[Share] = measurement[During] / measurement[Before];
        elsewhere.Stop();
        back.PumpFor(TimeSpan.FromSeconds(1));
        ongoing.Stop();
        back.PumpUntilAllHave(ongoing.Last, Patience);
        back.Judge(measurement, ongoing.Last);
        measurement.Fault("refused", elsewhere.Refused + missed.Refused + ongoing.Refused);
    }

    private readonly record struct Rate(Publisher Publisher, long Start, long Accepted)
    {
        public static Rate Of(Publisher publisher) => new(publisher, Clock.Now, publisher.Accepted);

        public double Seconds => Clock.SecondsSince(Start);

        public double PerSecond => (Publisher.Accepted - Accepted) / Seconds;
    }
}
