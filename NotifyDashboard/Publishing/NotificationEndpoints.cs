using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary><c>/api/notifications</c>: publish for keys with publish and operators who send, read for keys with read and operators.</summary>
internal static class NotificationEndpoints
{
    private const int MaxBody = 512 * 1024;
    private const int MaxPage = 200;

    public static RouteGroupBuilder MapNotifications(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/notifications").RequireCors(Policies.AllowedOrigins);
        group.MapPost("/", PublishAsync).RequireAuthorization(Policies.Publish).RequireRateLimiting(PublishingSetup.RateLimit)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBody)).DisableAntiforgery();
        group.MapGet("/", ListAsync).RequireAuthorization(Policies.Read);
        group.MapGet("/{id}", GetAsync).RequireAuthorization(Policies.Read);
        return group;
    }

    private static async Task<Results<Created<PublishReceipt>, ProblemHttpResult>> PublishAsync(HttpContext context, NotificationHub hub, ITopicScope scope, CancellationToken cancellation)
    {
        var (draft, faults, problem) = await DraftBody.ReadAsync(context.Request, cancellation);
        if (problem is not null) return problem;
        if (faults.Count > 0) return Problems.Invalid([.. faults, .. DraftRules.Check(draft).Where(rule => !faults.Any(f => f.Field == rule.Field))]);
        var reach = scope.Of(context.User);
        if (draft.Topics.FirstOrDefault(topic => Topic.IsValid(topic) && !reach.MatchesTopic(topic)) is { } outside)
            return Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "No such topic", $"This key has no topic \"{outside}\". Use one of its topics, or a key with more.");
        var notification = await hub.PublishAsync(draft, context.User.Identity?.Name ?? "", cancellation);
        var id = notification.Id.ToString();
        return TypedResults.Created($"{context.Request.PathBase}/api/notifications/{id}", new PublishReceipt(id, draft.Topics[0], notification.PublishedAtText));
    }

    private static async Task<Results<Ok<HistoryPage>, ProblemHttpResult>> ListAsync(
        INotificationLog log, ITopicScope scope, ClaimsPrincipal user, [FromQuery] string[] topic, string? type, string? severity, string? before, string? limit, CancellationToken cancellation)
    {
        var faults = new List<DraftFault>();
        if (topic.Any(t => !Topic.IsValid(t))) faults.Add(DraftRules.TopicInvalid);
        if (severity is not null && !Severity.All.Contains(severity)) faults.Add(DraftRules.SeverityUnknown);
        Cursor cursor = default;
        if (before is not null && !Cursor.TryParse(before, out cursor)) faults.Add(new("before", "before_invalid", "before is the id of a notification, or the next of a page."));
        var size = 50;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxPage))
            faults.Add(new("limit", "limit_invalid", $"limit is 1 to {MaxPage}."));
        if (faults.Count > 0) return Problems.Invalid(faults);

        var asked = topic.Length > 0 ? new TopicFilter(topic, includePrivate: true) : TopicFilter.Everything;
        var found = await log.ReadNewestAsync(new HistoryQuery(asked, scope.Of(user), type, severity, before is null ? null : cursor.Sequence, size + 1), cancellation);
        var page = found.Take(size).Select(NotificationView.Of).ToArray();
        return TypedResults.Ok(new HistoryPage(page, found.Count > size ? page[^1].Id : null));
    }

    private static async Task<Results<Ok<NotificationView>, ProblemHttpResult>> GetAsync(string id, INotificationLog log, ITopicScope scope, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var found = Cursor.TryParse(id, out var cursor) ? await log.FindAsync(cursor, cancellation) : null;
        return found is not null && scope.Of(user).Matches(found.Draft)
            ? TypedResults.Ok(NotificationView.Of(found))
            : Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "No such notification", "There is no notification with this id that you may read.");
    }
}
