namespace NotifyDashboard.Access;

/// <summary>
/// Logs origins that CORS does not allow. The browser hides the reason from the page, so its author sees only that nothing arrives. This
/// middleware refuses nothing itself: the missing CORS header makes the browser block the response.
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
