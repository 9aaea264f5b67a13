using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using NotifyDashboard.Connections;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>Turns exceptions that any endpoint may throw into problems. Any other exception becomes a 500 without internal details.</summary>
internal sealed class ApiErrors : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        var problem = exception switch
        {
            InvalidDraftException invalid => Problems.InvalidDetails(invalid.Errors),
            SearchUnavailableException => Problems.Details(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The search is not ready", "Words are being indexed. Try again in a moment, or without q."),
            SearchBusyException => Problems.Details(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "Too many searches", "Too many searches are waiting. Try again in a second."),
            StoreUnavailableException unavailable => Problems.Details(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "The store is not available",
                unavailable.IsPartlyStored || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) ? "Try again in a second." : "Nothing was stored. Try again in a second."),
            NotificationGoneException gone => Problems.Details(StatusCodes.Status404NotFound, Problems.NotFound, "No such notification", gone.Retraction is { } over
                ? $"It is over since {TimeText.Of(over.At)} ({over.Reason}). Publish another."
                : "There is no notification with this id that you may change."),
            IdempotencyMismatchException => Problems.Details(StatusCodes.Status422UnprocessableEntity, Problems.KeyReused, "The Idempotency-Key was used for something else",
                "This key came with another body within 24 hours. Nothing was stored; take a new key for a new notification."),
            TooManyBytesException { IsOfAddress: true } many => Problems.Details(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too many large requests", many.Message),
            TooManyBytesException many => Problems.Details(StatusCodes.Status503ServiceUnavailable, Problems.Unavailable, "Too many large requests", many.Message),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                Problems.TooLargeDetails,
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problems.NotJsonDetails,
            // Not the message of the exception, which names internal types and parameters.
            BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest, InnerException: var inner } => Problems.Details(StatusCodes.Status400BadRequest, Problems.InvalidKind, "The request cannot be read",
                inner is JsonException json ? $"The body is not valid JSON, or holds a value of the wrong kind at {json.Path ?? "$"}." : "The body is missing, or it ends too early. Send JSON."),
            BadHttpRequestException bad => Problems.Details(bad.StatusCode, Problems.InvalidKind, "The request cannot be read", bad.Message),
            _ => null,
        };
        if (problem is null) return false;
        context.Response.StatusCode = problem.Status!.Value;
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests) context.Response.Headers.RetryAfter = "1";
        // IProblemDetailsService would write nothing for a request that does not accept JSON, and the exception would become a 500.
        await TypedResults.Problem(problem).ExecuteAsync(context);
        return true;
    }
}
