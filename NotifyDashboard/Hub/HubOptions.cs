using Microsoft.Extensions.Options;

namespace NotifyDashboard.Hub;

/// <summary>The hub's bounds. Configuration section <c>Hub</c>.</summary>
public sealed class HubOptions
{
    public const string Section = "Hub";

    /// <summary>Changes (publishes, updates, retracts) that may wait for the next commit. When the queue is full, callers wait; nothing is dropped.</summary>
    public int MaxWaitingPublishes { get; set; } = 10_000;

    /// <summary>A commit takes waiting changes until it has this many notifications. A batch is never split, so a commit may exceed it.</summary>
    public int MaxCommit { get; set; } = 1_000;

    /// <summary>Bytes of the replay buffer, the newest frames kept in memory. Streams that are further behind read from the log.</summary>
    public int HotTailBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many of the newest matching notifications are sent after a gap of unknown size.</summary>
    public int GapReplay { get; set; } = 1_000;
}

internal sealed class HubOptionsValidator : IValidateOptions<HubOptions>
{
    public ValidateOptionsResult Validate(string? name, HubOptions options) =>
        options.MaxWaitingPublishes is < 1 or > 1_000_000 ? Fail("MaxWaitingPublishes", "1 to 1000000")
        : options.MaxCommit is < 1 or > 100_000 ? Fail("MaxCommit", "1 to 100000")
        : options.HotTailBytes is < 65_536 or > 1_073_741_824 ? Fail("HotTailBytes", "65536 to 1073741824 (1 GiB)")
        : options.GapReplay is < 0 or > 100_000 ? Fail("GapReplay", "0 to 100000")
        : ValidateOptionsResult.Success;

    private static ValidateOptionsResult Fail(string key, string range) => ValidateOptionsResult.Fail($"{HubOptions.Section}:{key} must be {range}.");
}
