namespace NotifyDashboard.Operating;

/// <summary>Under /api an unknown address or a wrong method is refused in words too; routing itself leaves such answers empty.</summary>
internal static class ApiRefusals
{
    public static void UseApiRefusals(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (context.Response.HasStarted || context.Response.ContentType is not null || !context.Request.Path.StartsWithSegments("/api")) return;
        var problem = context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "Nothing is here", "No call has this address. docs/protocol.md lists them."),
            StatusCodes.Status405MethodNotAllowed => Problems.Because(StatusCodes.Status405MethodNotAllowed, Problems.InvalidKind, "Not with this method",
                $"{context.Request.Method} is not for this address; use {context.Response.Headers.Allow}."),
            _ => null,
        };
        if (problem is not null) await problem.ExecuteAsync(context);
    });
}
