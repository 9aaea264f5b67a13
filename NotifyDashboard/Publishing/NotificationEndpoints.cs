using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary><c>/api/notifications</c>: publish, read, update and retract (<see cref="Policies.Publish"/>, <see cref="Policies.ReadHistory"/>, <see cref="Policies.Manage"/>).</summary>
internal static class NotificationEndpoints
{
    private const int MaxPage = 200;

    public static RouteGroupBuilder MapNotifications(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/notifications").RequireCors(Policies.AllowedOrigins);
        group.MapPost("/", PublishAsync).RequireAuthorization(Policies.Publish).WithMetadata(new RequestSizeLimit(DraftBody.MaxAll)).DisableAntiforgery();
        group.MapGet("/", ListAsync).RequireAuthorization(Policies.ReadHistory);
        group.MapGet("/export", HistoryExport.WriteAsync).RequireAuthorization(Policies.ReadHistory);
        group.MapGet("/{id}", GetAsync).RequireAuthorization(Policies.ReadHistory);
        group.MapPatch("/{id}", UpdateAsync).RequireAuthorization(Policies.Manage).WithMetadata(new RequestSizeLimit(DraftBody.MaxOne)).DisableAntiforgery();
        group.MapDelete("/{id}", RetractAsync).RequireAuthorization(Policies.Manage).DisableAntiforgery();
        return group;
    }

    private static async Task<Results<Created<PublishReceipt>, Created<PublishReceipt[]>, Accepted<ScheduledView>, ProblemHttpResult>> PublishAsync(
        HttpContext context, NotificationHub hub, ITopicScope scope, PublishLimit limit, IAuthorizationService authorization, CancellationToken cancellation)
    {
        // Refused, because private=true in the URL would be ignored and the notification would be public.
        if (context.Request.Query.Keys.FirstOrDefault(DraftReader.IsField) is { } misplaced)
            return Problems.Invalid([new(misplaced, "field_in_address", $"{misplaced} is in the address; send it in the body.")]);
        var (body, problem) = await DraftBody.ReadAsync(context.Request, cancellation);
        if (problem is not null || body is null) return problem!;
        if (body.Errors is { Count: > 0 } errors)
            return Problems.Invalid([.. errors, .. NotificationHub.CheckAll(body.Drafts, draft => DraftRules.Check(draft)).Where(rule => !errors.Any(f => f.Field == rule.Field)).Take(Problems.MaxErrors)]);
        var reach = scope.Of(context.User);
        if (body.Drafts.SelectMany(draft => draft.Topics).FirstOrDefault(topic => Topic.IsValid(topic) && !reach.MatchesTopic(topic)) is { } outside)
            return Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "No such topic", $"This key has no topic \"{outside}\". Use one of its topics, or a key with more.");
        if (IdempotencyHeader.Read(context, body.Hash, out var idempotency) is { } invalid) return invalid;
        if (limit.Refuse(context, body.Drafts.Count) is { } tooMany) return tooMany;
        var (by, root) = ((await context.ActorAsync()) with { AllowedTopics = reach }, context.Request.PathBase);
        try
        {
            if (body.PublishAt is { } later)
            {
                var scheduled = await hub.ScheduleAsync(body.Drafts[0], later, by, idempotency, cancellation);
                return TypedResults.Accepted($"{root}/api/scheduled/{scheduled.Id}", ScheduledView.Of(scheduled));
            }
            var published = await hub.PublishAsync(body.Drafts, by, idempotency, cancellation: cancellation);
            PublishReceipt[] receipts = [.. published.Select(PublishReceipt.Of)];
            return body.IsBatch ? TypedResults.Created((string?)null, receipts) : TypedResults.Created($"{root}/api/notifications/{receipts[0].Id}", receipts[0]);
        }
        catch (ExternalIdTakenException taken)
        {
            var mayRead = reach.Matches(taken.Owner) && (await authorization.AuthorizeAsync(context.User, Policies.ReadHistory)).Succeeded;
            return Problems.Because(StatusCodes.Status409Conflict, Problems.Conflict, "externalId is taken",
                $"externalId \"{taken.ExternalId}\" is taken{(mayRead ? $" by {taken.Existing}" : "")}. Nothing was stored.", existing: mayRead ? taken.Existing : null);
        }
    }

    private static async Task<Results<Ok<NotificationView>, Ok<UpdateReceipt>, ProblemHttpResult>> UpdateAsync(
        HttpContext context, string id, INotificationLog log, NotificationHub hub, ITopicScope scope, IAuthorizationService authorization, CancellationToken cancellation)
    {
        if (await FindManagedAsync(id, log, scope, context.User, cancellation) is not { } found) return Unknown();
        var (edit, problem) = await DraftBody.ReadPatchAsync(context.Request, cancellation);
        if (problem is not null || edit is null) return problem!;
        var updated = NotificationView.Of(await hub.UpdateAsync(found.Id, await context.ActorAsync(), edit, cancellation));
        return (await authorization.AuthorizeAsync(context.User, Policies.ReadHistory)).Succeeded ? TypedResults.Ok(updated) : TypedResults.Ok(new UpdateReceipt(updated.Id, updated.UpdatedAt!));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RetractAsync(
        HttpContext context, string id, INotificationLog log, NotificationHub hub, ITopicScope scope, CancellationToken cancellation)
    {
        if (await FindManagedAsync(id, log, scope, context.User, cancellation) is not { } found) return Unknown();
        await hub.RetractAsync(found.Id, await context.ActorAsync(), cancellation);
        return TypedResults.NoContent();
    }

    // Every topic must be in scope, because a change affects all of them. The topics of a notification never change, so this check may run before the change.
    private static async Task<Notification?> FindManagedAsync(string id, INotificationLog log, ITopicScope scope, ClaimsPrincipal user, CancellationToken cancellation) =>
        Cursor.TryParse(id, out var cursor) && await log.FindAsync(cursor, cancellation) is { } found && found.Draft.Topics.All(scope.Of(user).MatchesTopic) ? found : null;

    private static ProblemHttpResult Unknown() =>
        Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "No such notification", "There is no notification with this id that you may change.");

    private static async Task<Results<Ok<HistoryPage>, ProblemHttpResult>> ListAsync(
        INotificationLog log, NotificationHub hub, ITopicScope scope, ClaimsPrincipal user, [AsParameters] HistoryParameters asked, string? before, string? limit, CancellationToken cancellation)
    {
        var (query, errors) = asked.ToQuery(scope.Of(user), user.CallerId());
        Cursor cursor = default;
        if (before is not null && !Cursor.TryParse(before, out cursor)) errors.Add(new("before", "before_invalid", "before is the id of a notification, or the next of a page."));
        var size = 50;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxPage))
            errors.Add(new("limit", "limit_invalid", $"limit is 1 to {MaxPage}."));
        if (errors.Count > 0) return Problems.Invalid(errors);
        var (found, next, isIncomplete) = await log.ReadHistoryAsync(query with { Before = before is null ? null : cursor.Sequence, Limit = size }, cancellation);
        return TypedResults.Ok(new HistoryPage([.. found.Select(NotificationView.Of)], next is { } older ? hub.Epochs.CursorOf(older).ToString() : null, isIncomplete));
    }

    private static async Task<Results<Ok<NotificationView>, ProblemHttpResult>> GetAsync(string id, INotificationLog log, ITopicScope scope, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var found = Cursor.TryParse(id, out var cursor) ? await log.FindAsync(cursor, cancellation) : null;
        return found is not null && scope.Of(user).Matches(found.Draft)
            ? TypedResults.Ok(NotificationView.Of(found))
            : Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "No such notification", "There is no notification with this id that you may read.");
    }
}
