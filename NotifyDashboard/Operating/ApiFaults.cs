using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>Turns the faults that any endpoint can meet into their problem; what is left is an honest 500 without internals.</summary>
internal sealed class ApiFaults : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception fault, CancellationToken cancellation)
    {
        var problem = fault switch
        {
            InvalidDraftException invalid => Problems.InvalidDetails(invalid.Faults),
            // A database's own fault where no feature expected one, such as while a key is looked up.
            LogUnavailableException or DbException => Problems.Details(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The store is not available", "Nothing was stored. Try again in a second."),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                Problems.Details(StatusCodes.Status413PayloadTooLarge, Problems.TooLarge, "The request is too large", "Send less: data takes 64 KiB, everything together 512 KiB."),
            BadHttpRequestException bad => Problems.Details(bad.StatusCode, Problems.InvalidKind, "The request cannot be read", bad.Message),
            _ => null,
        };
        if (problem is null) return false;
        context.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = "1";
        // Not through IProblemDetailsService alone: it writes nothing where the request accepts no JSON, and the fault would become a 500.
        await TypedResults.Problem(problem).ExecuteAsync(context);
        return true;
    }
}
