using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace NotifyDashboard.Operating;

/// <summary>Adds a problem to the empty responses of routing (404, 405, 415), for paths under /api and for paths with a doubled slash.</summary>
internal static class ApiRefusals
{
    public static void UseApiRefusals(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        var path = context.Request.Path;
        if (context.Response.HasStarted || context.Response.ContentType is not null || !(path.StartsWithSegments("/api") || path.HasDoubledSlash())) return;
        var problem = context.Response.StatusCode switch
        {
            // Replaces 405 too: it comes from the catch-all route for static files, whose Allow header names the wrong methods.
            StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed when path.HasDoubledSlash() => NotFound("The address has two slashes in a row. Leave one out."),
            StatusCodes.Status404NotFound => NotFound("No call has this address. docs/protocol.md lists them."),
            StatusCodes.Status405MethodNotAllowed => Problems.Because(StatusCodes.Status405MethodNotAllowed, Problems.InvalidKind, "Not with this method",
                $"{context.Request.Method} is not for this address; use {context.Response.Headers.Allow}."),
            StatusCodes.Status415UnsupportedMediaType => TypedResults.Problem(Problems.NotJsonDetails),
            _ => null,
        };
        if (problem is null) return;
        if (problem.StatusCode == StatusCodes.Status404NotFound) context.Response.Headers.Remove(HeaderNames.Allow);
        await problem.ExecuteAsync(context);
    });

    private static ProblemHttpResult NotFound(string detail) => Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "Nothing is here", detail);
}
