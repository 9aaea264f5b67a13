using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Connections;

/// <summary>
/// Limits the memory that request bodies occupy together, counted as the bytes arrive. The first <see cref="Small"/> bytes of a body are not counted;
/// the connection limit bounds them. Runs after the routing, which applies an endpoint's own size limit.
/// </summary>
internal sealed partial class BodyLimit
{
    /// <summary>The number of bytes of each body that are not counted.</summary>
    public const int Small = 64 * 1024;

    // A parsed body takes several times its size. The minimum fits two batches of the maximum size.
    private const int ShareOfMemory = 64, Least = 16 * 1024 * 1024, Most = 1024 * 1024 * 1024;

    private readonly RequestDelegate _next;
    private readonly AddressLimit _limit;
    private readonly LogThrottle _throttle;
    private readonly ILogger _log;

    public BodyLimit(RequestDelegate next, IOptions<ConnectionOptions> options, TimeProvider time, ILogger<BodyLimit> log)
    {
        _limit = AddressLimit.Of(options.Value.MaxBodyBytes, options.Value.MaxBodyBytesPerAddress, () => (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory, Least, Most));
        (_next, _throttle, _log) = (next, new(time), log);
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var most = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? long.MaxValue;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || Math.Min(context.Request.ContentLength ?? most, most) <= Small)
        {
            await _next(context);
            return;
        }
        var (address, held) = (context.Connection.RemoteIpAddress, 0);
        context.Request.Body = new CountedBody(context.Request.Body, Small, bytes =>
        {
            if (_limit.Enter(address, bytes) is { } reached) throw Refusal(context, reached);
            held += bytes;
        });
        try
        {
            await _next(context);
        }
        finally
        {
            _limit.Release(address, held);
        }
    }

    private TooManyBytesException Refusal(HttpContext context, LimitReached reached)
    {
        var (isOfAddress, max, setting) = _limit.Describe(reached, "Connections:MaxBodyBytes");
        if (_throttle.IsTime(setting)) Reached(_log, max, setting, UnknownProxy.HintFor(context.Request));
        return new(isOfAddress, max, setting);
    }

    [LoggerMessage(5102, LogLevel.Warning, "Bodies of requests take {Max} bytes, the most that {Setting} allows; further large ones are refused.{Hint} (Said once a minute.)")]
    private static partial void Reached(ILogger log, int max, string setting, string hint);
}

/// <summary>A body exceeded the limit of <see cref="BodyLimit"/>. The message tells the caller what to do.</summary>
/// <param name="isOfAddress">Whether it exceeded the limit of its address, not the total.</param>
internal sealed class TooManyBytesException(bool isOfAddress, int max, string setting) : Exception(isOfAddress
    ? $"Large requests from this address already hold up to {max} bytes ({setting}). Nothing was stored. Send them one at a time."
    : $"Large requests already hold up to {max} bytes ({setting}). Nothing was stored. Try again in a second.")
{
    public bool IsOfAddress => isOfAddress;
}
