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
    private const int MaxTopics = 100;
    private const int MaxText = 500;

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
        INotificationLog log, NotificationHub hub, ITopicScope scope, ClaimsPrincipal user, [FromQuery] string[] topic, [FromQuery] string[] match, string? type, string? severity,
        string? q, string? from, string? to, string? before, string? limit, CancellationToken cancellation)
    {
        var faults = new List<DraftFault>();
        if (topic.Any(t => !Topic.IsValid(t))) faults.Add(DraftRules.TopicInvalid);
        var patterns = new List<TopicPattern>();
        foreach (var text in match)
        {
            if (TopicPattern.TryParse(text, out var pattern)) patterns.Add(pattern);
            else faults.Add(new("match", "match_invalid", "match takes literals, :name for a whole segment, and * at the end."));
        }
        if (topic.Length + match.Length > MaxTopics) faults.Add(new("topic", "topics_too_many", $"topic and match take at most {MaxTopics} together."));
        if (q?.Length > MaxText) faults.Add(new("q", "q_too_long", $"q has {q.Length} characters; at most {MaxText} fit."));
        if (!TryTime(from, out var since)) faults.Add(new("from", "from_invalid", "from is a time such as 2026-01-31T12:00:00Z."));
        if (!TryTime(to, out var until)) faults.Add(new("to", "to_invalid", "to is a time such as 2026-01-31T12:00:00Z."));
        if (severity is not null && !Severity.All.Contains(severity)) faults.Add(DraftRules.SeverityUnknown);
        Cursor cursor = default;
        if (before is not null && !Cursor.TryParse(before, out cursor)) faults.Add(new("before", "before_invalid", "before is the id of a notification, or the next of a page."));
        var size = 50;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxPage))
            faults.Add(new("limit", "limit_invalid", $"limit is 1 to {MaxPage}."));
        if (faults.Count > 0) return Problems.Invalid(faults);

        var asked = topic.Length + match.Length > 0 ? new TopicFilter(topic, patterns, includePrivate: true) : TopicFilter.Everything;
        var (found, next) = await log.ReadHistoryAsync(
            new HistoryQuery(asked, scope.Of(user), type, severity, before is null ? null : cursor.Sequence, size, string.IsNullOrWhiteSpace(q) ? null : q, since, until), cancellation);
        return TypedResults.Ok(new HistoryPage([.. found.Select(NotificationView.Of)], next is { } older ? hub.Epochs.At(older).ToString() : null));
    }

    private static bool TryTime(string? text, out DateTimeOffset? time)
    {
        var parsed = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value);
        time = parsed ? value : null;
        return parsed || text is null;
    }

    private static async Task<Results<Ok<NotificationView>, ProblemHttpResult>> GetAsync(string id, INotificationLog log, ITopicScope scope, ClaimsPrincipal user, CancellationToken cancellation)
    {
        var found = Cursor.TryParse(id, out var cursor) ? await log.FindAsync(cursor, cancellation) : null;
        return found is not null && scope.Of(user).Matches(found.Draft)
            ? TypedResults.Ok(NotificationView.Of(found))
            : Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "No such notification", "There is no notification with this id that you may read.");
    }
}
