using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary><c>/api/scheduled</c>: read, reschedule and cancel scheduled notifications (<see cref="Policies.ReadHistory"/>, <see cref="Policies.Manage"/>).</summary>
internal static class ScheduledEndpoints
{
    private const int MaxBody = 1_024;

    // Maximum length of the list, counted over the notifications that the caller may read.
    private const int MaxShown = 1_000;

    public static RouteGroupBuilder MapScheduled(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/scheduled").RequireCors(Policies.AllowedOrigins);
        group.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadHistory);
        group.MapGet("/{id}", GetAsync).RequireAuthorization(Policies.ReadHistory);
        group.MapPatch("/{id}", MoveAsync).RequireAuthorization(Policies.Manage).WithMetadata(new RequestSizeLimit(MaxBody)).DisableAntiforgery();
        group.MapDelete("/{id}", CancelAsync).RequireAuthorization(Policies.Manage).DisableAntiforgery();
        return group;
    }

    private static async Task<Ok<ScheduledPage>> ListAsync(IScheduleStore store, ITopicScope scope, ClaimsPrincipal user, CancellationToken cancellation) =>
        TypedResults.Ok(new ScheduledPage([.. (await store.ReadAsync(scope.Of(user), MaxShown, cancellation)).Select(ScheduledView.Of)]));

    private static async Task<Results<Ok<ScheduledView>, ProblemHttpResult>> GetAsync(string id, IScheduleStore store, ITopicScope scope, ClaimsPrincipal user, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } found && scope.Of(user).Matches(found.Draft) ? TypedResults.Ok(ScheduledView.Of(found)) : Unknown();

    private static async Task<Results<Ok<ScheduledView>, Ok<MoveReceipt>, ProblemHttpResult>> MoveAsync(
        HttpContext context, string id, JsonElement body, IScheduleStore store, ITopicScope scope, IAuthorizationService authorization, TimeProvider time, CancellationToken cancellation)
    {
        if (body.ValueKind != JsonValueKind.Object) return Problems.Invalid([new("body", "not_an_object", "Send {\"publishAt\": …}.")]);
        var (publishAt, errors) = ReadMove(body);
        if (errors.Count > 0) return Problems.Invalid(errors);
        if (publishAt is not { } at || body.EnumerateObject().Count() > 1) return Problems.Invalid([new("publishAt", "publish_at_alone", "Send publishAt, and nothing else: only the time can be moved.")]);
        if (await FindManagedAsync(id, store, scope, context.User, cancellation) is not { } found) return Unknown();
        if (DraftRules.CheckSchedule(found.Draft, at, time.GetUtcNow()) is { Count: > 0 } broken) return Problems.Invalid(broken);
        if (!await store.MoveAsync(id, DraftRules.WholeMilliseconds(at), await context.ActorAsync())) return Unknown();
        var moved = ScheduledView.Of(found with { PublishAt = at });
        return (await authorization.AuthorizeAsync(context.User, Policies.ReadHistory)).Succeeded ? TypedResults.Ok(moved) : TypedResults.Ok(new MoveReceipt(moved.Id, moved.PublishAt));
    }

    private static (DateTimeOffset? PublishAt, IReadOnlyList<ValidationError> Errors) ReadMove(JsonElement body)
    {
        try
        {
            var (_, publishAt, errors) = DraftReader.Read(body);
            return (publishAt, errors);
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate in a property name.
            return (null, [new("body", "not_json", "The body is not JSON: a name holds half a character (a lone surrogate).")]);
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(HttpContext context, string id, IScheduleStore store, ITopicScope scope, CancellationToken cancellation) =>
        await FindManagedAsync(id, store, scope, context.User, cancellation) is not null && await store.CancelAsync(id, await context.ActorAsync()) ? TypedResults.NoContent() : Unknown();

    private static async Task<ScheduledNotification?> FindManagedAsync(string id, IScheduleStore store, ITopicScope scope, ClaimsPrincipal user, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { EndedAt: null } found && found.Draft.Topics.All(scope.Of(user).MatchesTopic) ? found : null;

    private static ProblemHttpResult Unknown() => Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "Nothing waits here",
        "Nothing that waits has this id, or it is not yours. What was fired has an id of its own.");
}

/// <summary>The scheduled notifications that wait, the next first.</summary>
public sealed record ScheduledPage(IReadOnlyList<ScheduledView> Scheduled);
