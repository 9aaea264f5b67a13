namespace NotifyDashboard.Bench.Load;

/// <summary>What all event streams together have received, and what was wrong with it.</summary>
internal sealed class Tally
{
    /// <summary>The sequence with which a stream begins.</summary>
    public long First { get; set; } = 1;

    /// <summary>Who has received everything up to here has arrived.</summary>
    public long Target { get; set; } = long.MaxValue;

    public int Arrived { get; set; }

    public long Deliveries { get; set; }

    public long LastAt { get; set; }

    public long Doubled { get; set; }

    public long OutOfOrder { get; set; }

    /// <summary>Streams that were told that their cursor cannot resume.</summary>
    public long Gaps { get; set; }

    /// <summary>From when an event was due until it was received.</summary>
    public Latencies Latencies { get; } = new();
}
