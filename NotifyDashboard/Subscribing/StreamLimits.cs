using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using NotifyDashboard.Connections;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// Counts open streams against <see cref="StreamOptions.MaxStreams"/> and <see cref="StreamOptions.MaxStreamsPerAddress"/>, and the patterns of
/// anonymous streams against <see cref="StreamOptions.MaxAnonymousPatterns"/> and <see cref="StreamOptions.MaxAnonymousPatternsPerAddress"/>.
/// </summary>
internal sealed class StreamLimits
{
    // The memory of a pattern that shares no node of the index with others, and the share of the memory for all patterns.
    private const int BytesOfPattern = 2 * 1024, ShareOfMemory = 16;

    private readonly AddressLimit _streams, _patterns;
    private readonly LogThrottle _throttle;
    private readonly ILogger _log;

    public StreamLimits(IOptions<StreamOptions> options, ConnectionLimit connections, TimeProvider time, ILogger<StreamLimits> log)
    {
        // One tenth stays free for publishing, pages and health checks.
        _streams = AddressLimit.Of(options.Value.MaxStreams, options.Value.MaxStreamsPerAddress, () => connections.Max < 0 ? -1 : connections.Max - (connections.Max / 10));
        _patterns = AddressLimit.Of(options.Value.MaxAnonymousPatterns, options.Value.MaxAnonymousPatternsPerAddress,
            () => (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory / BytesOfPattern, 10_000, int.MaxValue));
        (_throttle, _log) = (new(time), log);
    }

    /// <param name="patterns">The patterns of an anonymous stream; 0 for any other.</param>
    /// <returns>Null if the stream may open; then <see cref="Release"/> must follow.</returns>
    public ProblemHttpResult? Refuse(HttpContext context, IPAddress address, int patterns)
    {
        if (_streams.Enter(address) is { } reached)
        {
            var (isOfAddress, max, setting) = LogAndSetRetryAfter(context, address, _streams.Describe(reached, "Streams:MaxStreams"), "streams");
            return isOfAddress
                ? Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too many streams", $"This address has {max} streams open already ({setting}); close one, or share one between tabs.")
                : Problems.Because(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The hub is full", $"All {max} streams are taken ({setting}); try again in 10 seconds.");
        }
        if (patterns > 0 && _patterns.Enter(address, patterns) is { } full)
        {
            _streams.Release(address);
            var (isOfAddress, max, setting) = LogAndSetRetryAfter(context, address, _patterns.Describe(full, "Streams:MaxAnonymousPatterns"), "patterns of streams without a token");
            return isOfAddress
                ? Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too many patterns", $"The streams of this address ask with {max} patterns already ({setting}); ask for topics, or with a token.")
                : Problems.Because(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The hub is full", $"All {max} patterns of streams without a token are taken ({setting}); ask for topics, or with a token.");
        }
        return null;
    }

    /// <param name="patterns">The same number as for <see cref="Refuse"/>.</param>
    public void Release(IPAddress address, int patterns)
    {
        _streams.Release(address);
        if (patterns > 0) _patterns.Release(address, patterns);
    }

    /// <summary>Logs the limit, at most once a minute, and tells the caller when to try again.</summary>
    private (bool IsOfAddress, int Max, string Setting) LogAndSetRetryAfter(HttpContext context, IPAddress address, (bool IsOfAddress, int Max, string Setting) limit, string what)
    {
        context.Response.Headers.RetryAfter = "10";
        if (!_throttle.IsTime($"{limit.Setting} {address}")) return limit;
        if (limit.IsOfAddress) StreamLog.TooManyOfAddress(_log, $"{address}", limit.Max, what, limit.Setting, UnknownProxy.HintFor(context.Request));
        else StreamLog.Full(_log, limit.Max, what, limit.Setting);
        return limit;
    }
}
