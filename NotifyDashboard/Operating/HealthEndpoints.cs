using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>Health, for anyone: whether the process lives, and whether it should get traffic.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", Live).AllowAnonymous();
        routes.MapGet("/healthz/ready", ReadyAsync).AllowAnonymous();
    }

    /// <summary>Answers with the process's boot id.</summary>
    private static ContentHttpResult Live(HttpContext context, BootId boot)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(boot.Value);
    }

    /// <summary>Ready when the store answers. While stopping, <see cref="StoppingGate"/> answers 503 in its place.</summary>
    private static async Task<ContentHttpResult> ReadyAsync(HttpContext context, INotificationLog log, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        await log.FindAsync(new Cursor("", 0), cancellation);
        return TypedResults.Text("ready");
    }
}
