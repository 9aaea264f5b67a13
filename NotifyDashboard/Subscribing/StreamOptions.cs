using Microsoft.Extensions.Options;

namespace NotifyDashboard.Subscribing;

/// <summary>How streams behave. Configuration section <c>Streams</c>.</summary>
public sealed class StreamOptions
{
    public const string Section = "Streams";

    /// <summary>A heartbeat goes out after this long without anything else.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A stream whose peer does not take 64 KiB in so long is closed; it comes back with its cursor and loses nothing.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A connection whose peer has acknowledged nothing for so long is dropped (TCP_USER_TIMEOUT, Linux only): a peer that vanished without a word.
    /// It is that of every connection, and not below <see cref="WriteTimeout"/>, for it also ends one whose window stays shut.
    /// </summary>
    public TimeSpan UserTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most streams at once; a further one gets 503. 0: nine tenths of <c>Connections:Max</c>. -1: no limit.</summary>
    public int MaxStreams { get; set; }

    /// <summary>Most streams of one address at once; a further one gets 429. 0: half of <see cref="MaxStreams"/>. -1: no limit.</summary>
    public int MaxStreamsPerAddress { get; set; }

    /// <summary>Most patterns of streams without a token in all; a further stream with any gets 503. 0: so many that they take a sixteenth of the memory at 2 KiB each. -1: no limit.</summary>
    public int MaxAnonymousPatterns { get; set; }

    /// <summary>Most patterns of one address's streams without a token; a further stream with any gets 429. 0: half of <see cref="MaxAnonymousPatterns"/>. -1: no limit.</summary>
    public int MaxAnonymousPatternsPerAddress { get; set; }

    /// <summary>When the server stops, browsers are told to come back after a random time up to this.</summary>
    public TimeSpan RestartSpread { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether streams without a token get public notifications; otherwise they get 401.</summary>
    public bool AllowAnonymous { get; set; } = true;

    /// <summary>Whether streams without a token may ask for <c>earliest</c>, all that is kept; otherwise they get 401.</summary>
    public bool AllowAnonymousEarliest { get; set; } = true;

    /// <summary>Log entries that are searched back for a stream without a token that asks with patterns; beyond that it gets a gap. -1: no limit.</summary>
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
