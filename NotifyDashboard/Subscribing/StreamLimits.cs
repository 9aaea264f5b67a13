using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using NotifyDashboard.Connections;

namespace NotifyDashboard.Subscribing;

/// <summary>
/// Counts open streams against <see cref="StreamOptions.MaxStreams"/> and <see cref="StreamOptions.MaxStreamsPerAddress"/>, and what those without a
/// token ask for against <see cref="StreamOptions.MaxAnonymousPatterns"/> and <see cref="StreamOptions.MaxAnonymousPatternsPerAddress"/>.
/// </summary>
internal sealed class StreamLimits
{
    // What a pattern takes in the index where it shares nothing with another, and the share of the memory for all of them.
    private const int BytesOfPattern = 2 * 1024, ShareOfMemory = 16;

    private readonly AddressLimit _streams, _patterns;
    private readonly SparingLog _sparing;
    private readonly ILogger _log;

    public StreamLimits(IOptions<StreamOptions> options, ConnectionLimit connections, TimeProvider time, ILogger<StreamLimits> log)
    {
        // The rest is for requests: publishing, pages and health checks.
        _streams = AddressLimit.Of(options.Value.MaxStreams, options.Value.MaxStreamsPerAddress, () => connections.Max < 0 ? -1 : connections.Max - (connections.Max / 10));
        _patterns = AddressLimit.Of(options.Value.MaxAnonymousPatterns, options.Value.MaxAnonymousPatternsPerAddress,
            () => (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory / BytesOfPattern, 10_000, int.MaxValue));
        (_sparing, _log) = (new(time), log);
    }

    /// <param name="patterns">Of a stream without a token; 0 for any other.</param>
    /// <returns>Null: it may open, and <see cref="Leave"/> must follow.</returns>
    public ProblemHttpResult? Refuse(HttpContext context, IPAddress address, int patterns)
    {
        if (_streams.Enter(address) is { } reached)
        {
            return Refusal(context, address, reached, reached == LimitReached.OfAddress
                ? Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too many streams", $"This address has {_streams.MaxPerAddress} streams open already (Streams:MaxStreamsPerAddress); close one, or share one between tabs.")
                : Problems.Because(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The hub is full", $"All {_streams.Max} streams are taken (Streams:MaxStreams); try again in 10 seconds."),
                _streams, "streams", "Streams:MaxStreams");
        }
        if (patterns == 0 || _patterns.Enter(address, patterns) is not { } full) return null;
        _streams.Leave(address);
        return Refusal(context, address, full, full == LimitReached.OfAddress
            ? Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too many patterns", $"The streams of this address ask with {_patterns.MaxPerAddress} patterns already (Streams:MaxAnonymousPatternsPerAddress); ask for topics, or with a token.")
            : Problems.Because(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The hub is full", $"All {_patterns.Max} patterns of streams without a token are taken (Streams:MaxAnonymousPatterns); ask for topics, or with a token."),
            _patterns, "patterns of streams without a token", "Streams:MaxAnonymousPatterns");
    }

    /// <param name="patterns">As it came in.</param>
    public void Leave(IPAddress address, int patterns)
    {
        _streams.Leave(address);
        if (patterns > 0) _patterns.Leave(address, patterns);
    }

    private ProblemHttpResult Refusal(HttpContext context, IPAddress address, LimitReached reached, ProblemHttpResult problem, AddressLimit limit, string what, string setting)
    {
        context.Response.Headers.RetryAfter = "10";
        if (_sparing.IsTime($"{what} {reached} {address}"))
        {
            if (reached == LimitReached.OfAddress) StreamLog.TooManyOfAddress(_log, $"{address}", limit.MaxPerAddress, what, setting + "PerAddress", UnknownProxy.IsBefore(context.Request) ? $" {UnknownProxy.Hint}" : "");
            else StreamLog.Full(_log, limit.Max, what, setting);
        }
        return problem;
    }
}
