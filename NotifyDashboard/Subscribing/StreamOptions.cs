using Microsoft.Extensions.Options;

namespace NotifyDashboard.Subscribing;

/// <summary>Settings of streams. Configuration section <c>Streams</c>.</summary>
public sealed class StreamOptions
{
    public const string Section = "Streams";

    /// <summary>A heartbeat is sent after this time without any other data.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A stream whose peer does not accept 64 KiB within this time is closed; it reconnects with its cursor and loses nothing.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A connection whose peer acknowledges nothing for this time is dropped (TCP_USER_TIMEOUT, Linux only): the peer is unreachable.
    /// It applies to every connection and must not be below <see cref="WriteTimeout"/>, because it also ends connections whose window stays closed.
    /// </summary>
    public TimeSpan UserTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Maximum number of open streams; a further one gets 503. 0: nine tenths of <c>Connections:Max</c>. -1: no limit.</summary>
    public int MaxStreams { get; set; }

    /// <summary>Maximum number of open streams of one address; a further one gets 429. 0: half of <see cref="MaxStreams"/>. -1: no limit.</summary>
    public int MaxStreamsPerAddress { get; set; }

    /// <summary>Maximum number of patterns of all anonymous streams; a further stream with patterns gets 503. 0: a sixteenth of the memory at 2 KiB for each pattern, but at least 10,000. -1: no limit.</summary>
    public int MaxAnonymousPatterns { get; set; }

    /// <summary>Maximum number of patterns of the anonymous streams of one address; a further stream with patterns gets 429. 0: half of <see cref="MaxAnonymousPatterns"/>. -1: no limit.</summary>
    public int MaxAnonymousPatternsPerAddress { get; set; }

    /// <summary>When the server stops, browsers reconnect after 250 ms and a random time up to this.</summary>
    public TimeSpan RestartSpread { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether streams without a credential are allowed; otherwise they get 401.</summary>
    public bool AllowAnonymous { get; set; } = true;

    /// <summary>Whether streams without a credential may request <c>earliest</c>, all that is kept; otherwise they get 401.</summary>
    public bool AllowAnonymousEarliest { get; set; } = true;

    /// <summary>How many log entries are searched for an anonymous stream with patterns; older ones are reported as a gap. -1: no limit.</summary>
    public int MaxAnonymousSearch { get; set; } = 100_000;
}

internal sealed class StreamOptionsValidator : IValidateOptions<StreamOptions>
{
    public ValidateOptionsResult Validate(string? name, StreamOptions options) =>
        !Between(options.Heartbeat, 1, 3600) ? Fail("Heartbeat", "00:00:01 to 01:00:00")
        : !Between(options.WriteTimeout, 1, 3600) ? Fail("WriteTimeout", "00:00:01 to 01:00:00")
        : options.UserTimeout < options.WriteTimeout || !Between(options.UserTimeout, 1, 3600) ? Fail("UserTimeout", $"{StreamOptions.Section}:WriteTimeout to 01:00:00")
        : options.MaxStreams < -1 ? Fail("MaxStreams", "0 (derived from Connections:Max), -1 (no limit) or more")
        : options.MaxStreamsPerAddress < -1 ? Fail("MaxStreamsPerAddress", "0 (half of Streams:MaxStreams), -1 (no limit) or more")
        : options.MaxAnonymousPatterns < -1 ? Fail("MaxAnonymousPatterns", "0 (derived from the memory), -1 (no limit) or more")
        : options.MaxAnonymousPatternsPerAddress < -1 ? Fail("MaxAnonymousPatternsPerAddress", "0 (half of Streams:MaxAnonymousPatterns), -1 (no limit) or more")
        : options.MaxAnonymousSearch < -1 ? Fail("MaxAnonymousSearch", "-1 (no limit) or more")
        : !Between(options.RestartSpread, 0, 3600) ? Fail("RestartSpread", "00:00:00 to 01:00:00")
        : ValidateOptionsResult.Success;

    private static bool Between(TimeSpan value, int min, int max) => value >= TimeSpan.FromSeconds(min) && value <= TimeSpan.FromSeconds(max);

    private static ValidateOptionsResult Fail(string key, string range) => ValidateOptionsResult.Fail($"{StreamOptions.Section}:{key} must be {range}.");
}
