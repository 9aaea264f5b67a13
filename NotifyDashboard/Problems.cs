using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NotifyDashboard.Hub;

namespace NotifyDashboard;

/// <summary>Creates the RFC 9457 problems of all HTTP errors. The <c>detail</c> tells the caller what to change.</summary>
internal static class Problems
{
    /// <summary>The kinds of problem. A problem's <c>type</c> is <c>urn:notifydashboard:problem:</c> followed by the kind.</summary>
    public const string
        InvalidKind = "invalid", Unauthorized = "unauthorized", Forbidden = "forbidden", NotFound = "not-found", TooLarge = "too-large",
        UriTooLong = "uri-too-long", UnsupportedMediaType = "unsupported-media-type", Conflict = "conflict", KeyReused = "idempotency-key-reused", TooMany = "too-many", Unavailable = "unavailable";

    private const string TypePrefix = "urn:notifydashboard:problem:";

    // One body can contain 100,000 validation errors, and a response that lists them all would be forty times its size.
    public const int MaxErrors = 50;

    public static ProblemDetails TooLargeDetails => Details(
        StatusCodes.Status413PayloadTooLarge, TooLarge, "The request is too large", "Send less: data takes 64 KiB, one notification 512 KiB, a batch 8 MiB.");

    public static ProblemDetails NotJsonDetails => Details(StatusCodes.Status415UnsupportedMediaType, UnsupportedMediaType, "The content type is not supported", "Send application/json.");

    public static ProblemHttpResult Because(int status, string kind, string title, string detail, object? errors = null, string? existing = null)
    {
        var problem = Details(status, kind, title, detail, errors);
        if (existing is not null) problem.Extensions["existing"] = existing;
        return TypedResults.Problem(problem);
    }

    /// <summary>400 with the validation errors, at most the first <see cref="MaxErrors"/>: <c>errors</c> is an array of <c>{field, rule, detail}</c>.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<ValidationError> errors) => TypedResults.Problem(InvalidDetails(errors));

    public static ProblemDetails InvalidDetails(IReadOnlyList<ValidationError> errors)
    {
        var first = errors.Take(MaxErrors).ToArray();
        var more = errors.Count < MaxErrors ? "" : $" These are the first {MaxErrors}; there may be more.";
        return Details(StatusCodes.Status400BadRequest, InvalidKind, "Something in the request is wrong", string.Join(" ", first.Select(f => f.Message)) + more,
            first.Select(f => new { field = f.Field, rule = f.Rule, detail = f.Message }).ToArray());
    }

    public static ProblemDetails Details(int status, string kind, string title, string detail, object? errors = null)
    {
        var problem = new ProblemDetails { Status = status, Type = TypePrefix + kind, Title = title, Detail = detail };
        if (errors is not null) problem.Extensions["errors"] = errors;
        return problem;
    }
}
