namespace NotifyDashboard.Access;

/// <summary>
/// Says in the log whose pages were not let in: the browser keeps the reason from the page, so that the page's author sees only that
/// nothing arrives. The refusal itself is the missing CORS header; it does not depend on this.
/// </summary>
internal sealed class RefusedOrigins(RequestDelegate next, KnownOrigins known, TimeProvider time, ILogger<RefusedOrigins> log)
{
    private const int MaxOrigin = 200;

    private static readonly PathString[] NotForAll = ["/api", "/sse-stream"];

    private readonly LogThrottle _throttle = new(time);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin is [{ Length: > 0 and <= MaxOrigin } origin] && NotForAll.Any(path => request.Path.StartsWithSegments(path))
            && !known.Has(request, origin) && _throttle.IsTime(origin)) AccessLog.OriginRefused(log, origin, request.Path, ShellText.Quote(origin));
        return next(context);
    }
}
