using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using NotifyDashboard.Connections;

namespace NotifyDashboard.Subscribing;

/// <summary>Counts open streams against <see cref="StreamOptions.MaxStreams"/> and <see cref="StreamOptions.MaxStreamsPerAddress"/>.</summary>
internal sealed class StreamLimits
{
    private readonly AddressLimit _limit;
    private readonly SparingLog _sparing;
    private readonly ILogger _log;

    public StreamLimits(IOptions<StreamOptions> options, ConnectionLimit connections, TimeProvider time, ILogger<StreamLimits> log)
    {
        // The rest is for requests: publishing, pages and health checks.
        _limit = AddressLimit.Of(options.Value.MaxStreams, options.Value.MaxStreamsPerAddress, () => connections.Max < 0 ? -1 : connections.Max - (connections.Max / 10));
        (_sparing, _log) = (new(time), log);
    }

    /// <returns>Null: it may open, and <see cref="Leave"/> must follow.</returns>
    public ProblemHttpResult? Refuse(HttpContext context, IPAddress address)
    {
        if (_limit.Enter(address) is not { } reached) return null;
        context.Response.Headers.RetryAfter = "10";
        var (ofAddress, hint) = (reached == LimitReached.OfAddress, UnknownProxy.IsBefore(context.Request) ? $" {UnknownProxy.Hint}" : "");
        if (_sparing.IsTime($"{reached} {address}"))
        {
            if (ofAddress) StreamLog.TooManyOfAddress(_log, $"{address}", _limit.MaxPerAddress, hint);
            else StreamLog.Full(_log, _limit.Max);
        }
        return ofAddress
            ? Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too many streams", $"This address has {_limit.MaxPerAddress} streams open already (Streams:MaxStreamsPerAddress); close one, or share one between tabs.")
            : Problems.Because(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The hub is full", $"All {_limit.Max} streams are taken (Streams:MaxStreams); try again in 10 seconds.");
    }

    public void Leave(IPAddress address) => _limit.Leave(address);
}
