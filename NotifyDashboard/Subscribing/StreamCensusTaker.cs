using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>Counts the open streams; a count is used for a second, because many pages ask for it.</summary>
internal sealed class StreamCensusTaker(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1), LaggingAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private StreamCensus? _taken;
    private long _takenAt;

    public StreamCensus Take(IEnumerable<StreamConnection> open)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_taken is { } taken && time.GetElapsedTime(_takenAt, now) < Fresh) return taken;
            var (streams, unnamed, tabs, lagging) = (0, 0, 0, 0);
            var people = new HashSet<string>(StringComparer.Ordinal);
            foreach (var stream in open)
            {
                streams++;
                tabs += Math.Max(1, stream.Subscriber.Presence?.Tabs.Count ?? 0);
                if (stream.Recipient is { } recipient) people.Add(recipient.Id);
                else unnamed++;
                if (stream.FlushSince is not 0 and var since && time.GetElapsedTime(since, now) >= LaggingAfter) lagging++;
            }
            _taken = taken = new(new(streams, people.Count, unnamed, tabs), lagging);
            _takenAt = now;
            return taken;
        }
    }
}
