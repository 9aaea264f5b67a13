namespace NotifyDashboard.Operating;

/// <summary>
/// Once the host stops, every further request gets 503 and its connection is closed. Otherwise a browser that has lost its circuit would open
/// a new one on the stopping process, and the host would wait for the full shutdown timeout.
/// </summary>
internal sealed class StoppingGate(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    public Task InvokeAsync(HttpContext context) => lifetime.ApplicationStopping.IsCancellationRequested ? RefuseAsync(context) : next(context);

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        context.Response.Headers.RetryAfter = "1";
        return Problems.Because(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The server is stopping", "Nothing was done. Try again in a second.").ExecuteAsync(context);
    }
}
