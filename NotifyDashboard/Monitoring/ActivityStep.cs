namespace NotifyDashboard.Monitoring;

/// <summary>A resolution in which activity is kept: the coarser, the longer.</summary>
/// <param name="Length">The length of a step.</param>
/// <param name="KeptFor">How far back it goes at least.</param>
internal sealed record ActivityStep(TimeSpan Length, TimeSpan KeptFor)
{
    public static ActivityStep TenSeconds { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));

    public static ActivityStep Minute { get; } = new(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));

    public static ActivityStep TenMinutes { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromDays(7));

    /// <summary>From the finest; the length of each is a multiple of the one before.</summary>
    public static IReadOnlyList<ActivityStep> All { get; } = [TenSeconds, Minute, TenMinutes];

    /// <summary>The beginning of the step in which a moment lies.</summary>
    public DateTimeOffset BeginOf(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % Length.Ticks), TimeSpan.Zero);
}
