namespace NotifyDashboard.Operating;

/// <summary>Under /api, and wherever an address has a doubled slash, an unknown address or a wrong method is answered with a problem; routing itself leaves such answers empty.</summary>
internal static class ApiRefusals
{
    public static void UseApiRefusals(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        var path = context.Request.Path;
        if (context.Response.HasStarted || context.Response.ContentType is not null || !(path.StartsWithSegments("/api") || path.HasDoubledSlash())) return;
        var problem = context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "Nothing is here",
                path.HasDoubledSlash() ? "The address has two slashes in a row. Leave one out." : "No call has this address. docs/protocol.md lists them."),
            StatusCodes.Status405MethodNotAllowed => Problems.Because(StatusCodes.Status405MethodNotAllowed, Problems.InvalidKind, "Not with this method",
                $"{context.Request.Method} is not for this address; use {context.Response.Headers.Allow}."),
            _ => null,
        };
        if (problem is not null) await problem.ExecuteAsync(context);
    });
}
