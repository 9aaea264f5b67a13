using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Circuits;

/// <summary>Bounds the circuits of people without an account. They get none where no page for them needs one (<see cref="CircuitOptions.AllowsAnonymous"/>).</summary>
internal sealed partial class CircuitLimit
{
    private const int BytesEach = 7 * 1024 * 1024, ShareOfMemory = 8;

    private readonly RequestDelegate _next;
    private readonly bool _allowsAnonymous;
    private readonly AddressLimit _limit;
    private readonly LogThrottle _throttle;
    private readonly ILogger _log;

    public CircuitLimit(RequestDelegate next, IOptions<CircuitOptions> options, TimeProvider time, ILogger<CircuitLimit> log)
    {
        _limit = AddressLimit.Of(options.Value.MaxAnonymous, options.Value.MaxAnonymousPerAddress,
            () => (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory / BytesEach, 20, 10_000));
        (_next, _allowsAnonymous, _throttle, _log) = (next, options.Value.AllowsAnonymous, new(time), log);
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor", out var rest))
        {
            await _next(context);
        }
        else if (OperatorPrincipal.Read(context.User) is not null)
        {
            // Without WebSockets messages are posted: a large paste into Compose is one.
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = ComponentsSetup.MaxMessage;
            await _next(context);
        }
        else if (!_allowsAnonymous)
        {
            await Problems.Because(StatusCodes.Status401Unauthorized, Problems.Unauthorized, "Not signed in", "Only operators' pages connect so. Sign in, or load the page again.").ExecuteAsync(context);
        }
        else if (rest.HasValue || !HttpMethods.IsGet(context.Request.Method))
        {
            // The negotiation and what is posted: the circuit lives with the request that listens.
            await _next(context);
        }
        else
        {
            await ListenAsync(context);
        }
    }

    private async Task ListenAsync(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (_limit.Enter(address) is { } reached)
        {
            await RefuseAsync(context, reached);
            return;
        }
        try
        {
            await _next(context);
        }
        finally
        {
            _limit.Release(address);
        }
    }

    private Task RefuseAsync(HttpContext context, LimitReached reached)
    {
        var (isOfAddress, max, setting) = _limit.Describe(reached, "Circuits:MaxAnonymous");
        if (_throttle.IsTime(setting)) Reached(_log, max, setting, UnknownProxy.HintFor(context.Request));
        context.Response.Headers.RetryAfter = "10";
        return (isOfAddress
            ? Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too many open pages", $"This address has {max} open pages already ({setting}). Close one.")
            : Problems.Because(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "No place is free", $"All {max} places are taken ({setting}). Try again in 10 seconds.")).ExecuteAsync(context);
    }

    [LoggerMessage(6001, LogLevel.Warning, "People without an account have {Max} pages open, the most that {Setting} allows; further ones do not become live.{Hint} (Said once a minute.)")]
    private static partial void Reached(ILogger log, int max, string setting, string hint);
}
