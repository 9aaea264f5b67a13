using Microsoft.AspNetCore.Http.HttpResults;

namespace NotifyDashboard.Operating;

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapGet("/healthz/live", Live).AllowAnonymous();

    /// <summary>Never from a cache: the answer tells pages which process is running.</summary>
    private static ContentHttpResult Live(BootId boot, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Text(boot.Value);
    }
}
