using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace NotifyDashboard.Operating;

/// <summary>The health endpoints for liveness and readiness, without authentication.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", Live).AllowAnonymous();
        routes.MapGet("/healthz/ready", ReadyAsync).AllowAnonymous();
    }

    /// <summary>Responds with the boot id of the process.</summary>
    private static ContentHttpResult Live(HttpContext context, BootId boot)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(boot.Value);
    }

    /// <summary>Ready while the store is writable. While the host stops, <see cref="StoppingGate"/> responds with 503 instead.</summary>
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ReadyAsync(HttpContext context, HealthCheckService checks, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        if ((await checks.CheckHealthAsync(cancellation)).Status == HealthStatus.Healthy) return TypedResults.Text("ready");
        context.Response.Headers.RetryAfter = "1";
        return Problems.Because(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The store takes nothing now", "Nothing can be published. The log of the server says why.");
    }
}
