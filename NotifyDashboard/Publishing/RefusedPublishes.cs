using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>Counts the requests to publish that are refused or cannot be stored, whatever answers them. Only those of known callers, so that no stranger can fill the figures.</summary>
internal sealed class RefusedPublishes(RequestDelegate next, NotificationHub hub)
{
    private static readonly PathString Publish = "/api/notifications";

    public Task InvokeAsync(HttpContext context)
    {
        // At the end of the response: some refusals are exceptions that a middleware before this one answers.
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments(Publish, out var rest) && (!rest.HasValue || rest == "/"))
            context.Response.OnCompleted(CountAsync, context);
        return next(context);
    }

    private Task CountAsync(object state)
    {
        var context = (HttpContext)state;
        if (context.User.Identity?.IsAuthenticated != true) return Task.CompletedTask;
        switch (context.Response.StatusCode)
        {
            // The ordinary answer to a publisher that sends something again.
            case StatusCodes.Status409Conflict:
                break;
            case >= 400 and < 500:
                hub.Counters.CountRefused();
                break;
            case StatusCodes.Status503ServiceUnavailable:
                hub.Counters.CountFailed();
                break;
        }
        return Task.CompletedTask;
    }
}
