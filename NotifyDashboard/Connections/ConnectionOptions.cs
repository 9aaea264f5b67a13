using Microsoft.Extensions.Options;

namespace NotifyDashboard.Connections;

/// <summary>How many connections there may be, and how much their requests may hold. Configuration section <c>Connections</c>.</summary>
public sealed class ConnectionOptions
{
    public const string Section = "Connections";

    /// <summary>Most at once; a further one is closed. 0: what the process may open of files and sockets (<c>ulimit -n</c>), less a reserve. -1: no limit.</summary>
    public int Max { get; set; }

    /// <summary>Most of one address at once, a proxy of <c>Proxy:Known</c> apart. 0: half of <see cref="Max"/>. -1: no limit.</summary>
    public int MaxPerAddress { get; set; }

    /// <summary>A connection that has sent nothing for so long is closed.</summary>
    public TimeSpan FirstByte { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most bytes of request bodies above 64 KiB at once; a further one gets 503. 0: a 64th of the memory, between 16 MiB and 1 GiB. -1: no limit.</summary>
    public int MaxBodyBytes { get; set; }

    /// <summary>Most such bytes of one address at once; a further one gets 429. 0: half of <see cref="MaxBodyBytes"/>. -1: no limit.</summary>
    public int MaxBodyBytesPerAddress { get; set; }
}

internal sealed class ConnectionOptionsValidator : IValidateOptions<ConnectionOptions>
{
    public ValidateOptionsResult Validate(string? name, ConnectionOptions options) =>
        options.Max < -1 ? Fail("Max", "0 (derived from ulimit -n), -1 (no limit) or more")
        : options.MaxPerAddress < -1 ? Fail("MaxPerAddress", "0 (half of Connections:Max), -1 (no limit) or more")
        : options.MaxBodyBytes < -1 ? Fail("MaxBodyBytes", "0 (derived from the memory), -1 (no limit) or more")
        : options.MaxBodyBytesPerAddress < -1 ? Fail("MaxBodyBytesPerAddress", "0 (half of Connections:MaxBodyBytes), -1 (no limit) or more")
        : options.FirstByte < TimeSpan.FromSeconds(1) || options.FirstByte > TimeSpan.FromHours(1) ? Fail("FirstByte", "00:00:01 to 01:00:00")
        : ValidateOptionsResult.Success;

    private static ValidateOptionsResult Fail(string key, string range) => ValidateOptionsResult.Fail($"{ConnectionOptions.Section}:{key} must be {range}.");
}
