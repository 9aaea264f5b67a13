using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary><c>/api/recipients?sub=</c>: exports or deletes the data of one recipient; for callers who may retract notifications on the recipient's own topic.</summary>
internal static class RecipientEndpoints
{
    public static RouteGroupBuilder MapRecipients(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/recipients").RequireAuthorization(Policies.Manage).RequireCors(Policies.AllowedOrigins).DisableAntiforgery();
        group.MapGet("", ExportAsync);
        group.MapDelete("", EraseAsync);
        return group;
    }

    private static async Task<Results<Ok<RecipientDataView>, ProblemHttpResult>> ExportAsync(HttpContext context, string? sub, ITopicScope scope, RecipientRecords records, CancellationToken cancellation)
    {
        if (Refusal(context, sub, scope) is { } refused) return refused;
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return TypedResults.Ok(await records.ExportAsync(sub!, By(context), cancellation));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EraseAsync(HttpContext context, string? sub, ITopicScope scope, RecipientRecords records, CancellationToken cancellation)
    {
        if (Refusal(context, sub, scope) is { } refused) return refused;
        await records.EraseAsync(sub!, By(context), cancellation);
        return TypedResults.NoContent();
    }

    private static Actor By(HttpContext context) => new(context.User.Identity?.Name ?? "", context.Connection.RemoteIpAddress?.ToString());

    private static ProblemHttpResult? Refusal(HttpContext context, string? sub, ITopicScope scope) =>
        string.IsNullOrEmpty(sub) || !Topic.IsValid(Recipient.TopicOf(sub)) ? Problems.Invalid([new("sub", "sub_invalid", "sub is the recipient's, as in their tokens.")])
        : scope.Of(context.User).MatchesTopic(Recipient.TopicOf(sub)) ? null
        : Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "No such recipient", $"This key has no topic \"{Recipient.TopicOf(sub)}\". Use a key that has.");
}
