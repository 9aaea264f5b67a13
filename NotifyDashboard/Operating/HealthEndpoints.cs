using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

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

    /// <summary>Ready when the store takes writes. While stopping, <see cref="StoppingGate"/> answers 503 in its place.</summary>
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ReadyAsync(HttpContext context, HealthCheckService checks, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        if ((await checks.CheckHealthAsync(cancellation)).Status == HealthStatus.Healthy) return TypedResults.Text("ready");
        context.Response.Headers.RetryAfter = "1";
        return Problems.Because(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The store takes nothing now", "Nothing can be published. The log of the server says why.");
    }
}
