using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary><c>/api/inbox</c>: the inbox of the recipient that the request's token names.</summary>
internal static class InboxEndpoints
{
    private const int MaxPage = 100;

    private const int MaxBody = 64 * 1024;

    public static RouteGroupBuilder MapInbox(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/inbox").RequireAuthorization(Policies.Recipient).RequireCors(Policies.AllowedOrigins).DisableAntiforgery().WithMetadata(new RequestSizeLimit(MaxBody));
        group.MapGet("/", ReadAsync);
        group.MapGet("/counts", CountAsync);
        foreach (var act in Enum.GetValues<InboxAction>())
        {
            group.MapPost("/" + act.ToString().ToLowerInvariant(), (HttpContext context, MarkBody body, IRecipients recipients, Inboxes inboxes, NotificationHub hub, TimeProvider time) =>
                MarkAsync(act, context, body, recipients, inboxes, hub, time));
        }
        group.MapGet("/preferences", ReadPreferencesAsync);
        group.MapPut("/preferences", PreferAsync);
        return group;
    }

    private static async Task<Results<Ok<InboxPageView>, ProblemHttpResult>> ReadAsync(
        HttpContext context, IRecipients recipients, IInboxStore store, NotificationHub hub, string? tab, string? before, string? limit, CancellationToken cancellation)
    {
        var errors = new List<ValidationError>();
        if (!TryTab(tab, out var asked)) errors.Add(new("tab", "tab_unknown", "tab is one of all, unread, archived."));
        Cursor cursor = default;
        if (before is not null && !Cursor.TryParse(before, out cursor)) errors.Add(new("before", "before_invalid", "before is the id of a notification, or the next of a page."));
        var size = 20;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxPage))
            errors.Add(new("limit", "limit_invalid", $"limit is 1 to {MaxPage}."));
        if (errors.Count > 0) return Problems.Invalid(errors);
        var recipient = Of(context, recipients);
        // Counts are read before the list. A notification published in between is then in the list but not counted, and the page counts it, because its cursor is after countsAt.
        var (counts, _) = await store.ReadStateAsync(recipient, cancellation);
        var page = await store.ReadAsync(recipient, asked, before is null ? null : cursor.Sequence, size, cancellation);
        return TypedResults.Ok(new InboxPageView([.. page.Items.Select(InboxItemView.Of)], page.Next is { } next ? hub.Epochs.CursorOf(next).ToString() : null, counts));
    }

    private static async Task<Ok<InboxCounts>> CountAsync(HttpContext context, IRecipients recipients, IInboxStore store, [FromQuery] string[] topic, CancellationToken cancellation)
    {
        var recipient = Of(context, recipients);
        return TypedResults.Ok(await store.CountAsync(recipient, topic.Length == 0 ? recipient.InboxTopics : topic, cancellation));
    }

    private static async Task<Ok<InboxPreferences>> ReadPreferencesAsync(HttpContext context, IRecipients recipients, IInboxStore store, CancellationToken cancellation) =>
        TypedResults.Ok((await store.ReadStateAsync(Of(context, recipients), cancellation)).Preferences);

    private static async Task<Results<Ok<InboxPreferences>, ProblemHttpResult>> PreferAsync(HttpContext context, PreferencesBody body, IRecipients recipients, Inboxes inboxes)
    {
        var (preferences, errors) = body.Read();
        return errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.Ok(await inboxes.PreferAsync(Of(context, recipients), preferences));
    }

    private static async Task<Results<Ok<InboxCounts>, ProblemHttpResult>> MarkAsync(
        InboxAction act, HttpContext context, MarkBody body, IRecipients recipients, Inboxes inboxes, NotificationHub hub, TimeProvider time)
    {
        var (mark, errors) = body.Read(act, hub.Epochs, time.GetUtcNow());
        if (errors.Count > 0) return Problems.Invalid(errors);
        return TypedResults.Ok(await inboxes.MarkAsync(Of(context, recipients), mark, context.RequestAborted));
    }

    private static Recipient Of(HttpContext context, IRecipients recipients)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        return recipients.Of(context.User)!;
    }

    private static bool TryTab(string? text, out InboxTab tab)
    {
        (var known, tab) = text switch
        {
            null or "" or "all" => (true, InboxTab.All),
            "unread" => (true, InboxTab.Unread),
            "archived" => (true, InboxTab.Archived),
            _ => (false, InboxTab.All),
        };
        return known;
    }
}
