using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>Counts the requests to publish that are refused, whatever refuses them.</summary>
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

    private Task CountAsync(object context)
    {
        if (((HttpContext)context).Response.StatusCode is >= 400 and < 500) hub.Counters.CountRefused();
        return Task.CompletedTask;
    }
}
