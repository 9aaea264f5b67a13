using Microsoft.Extensions.Options;

namespace NotifyDashboard.Connections;

/// <summary>Limits of connections and request bodies. Configuration section <c>Connections</c>.</summary>
public sealed class ConnectionOptions
{
    public const string Section = "Connections";

    /// <summary>Maximum number of open connections; a further one is closed. 0: the file descriptor limit of the process (<c>ulimit -n</c>) minus a reserve. -1: no limit.</summary>
    public int Max { get; set; }

    /// <summary>Maximum number of open connections per address; does not apply to proxies in <c>Proxy:Known</c>. 0: half of <see cref="Max"/>. -1: no limit.</summary>
    public int MaxPerAddress { get; set; }

    /// <summary>A new connection that sends no byte within this time is closed. 1 second to 1 hour; default: 10 seconds.</summary>
    public TimeSpan FirstByte { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Maximum total bytes of request bodies in memory, without the first 64 KiB of each; beyond it a request gets 503. 0: 1/64 of the memory, between 16 MiB and 1 GiB. -1: no limit.</summary>
    public int MaxBodyBytes { get; set; }

    /// <summary>The same per address; beyond it a request gets 429. 0: half of <see cref="MaxBodyBytes"/>. -1: no limit.</summary>
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
