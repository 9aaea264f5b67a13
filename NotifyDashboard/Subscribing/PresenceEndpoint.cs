using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary><c>POST /api/presence</c>: the tabs that share a stream, reported by the caller that opened it; any other caller gets 404.</summary>
internal static class PresenceEndpoint
{
    private const int MaxTabs = 50, MaxPage = 200, MaxBody = 32 * 1024;

    public static IEndpointConventionBuilder MapPresence(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/presence", SetTabs).AllowAnonymous().RequireCors(Policies.AllowedOrigins).DisableAntiforgery().WithMetadata(new RequestSizeLimit(MaxBody));

    private static Results<NoContent, ProblemHttpResult> SetTabs(HttpContext context, PresenceBody body, StreamWriters writers, IRecipients recipients)
    {
        if (Check(body) is { Count: > 0 } errors) return Problems.Invalid(errors);
        if (!Guid.TryParseExact(body.StreamId, "N", out var id) || writers.Find(id) is not { } stream || !stream.WasOpenedBy(context.User, recipients.Of(context.User)))
            return Problems.Because(StatusCodes.Status404NotFound, Problems.NotFound, "No such stream", "You have no open stream with this streamId. Take the one of the last hub.hello.");
        if (stream.TrySetTabs([.. body.Tabs!.Select(tab => new TabPresence(tab.Page ?? "", tab.Visible))])) return TypedResults.NoContent();
        context.Response.Headers.RetryAfter = "1";
        return Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too often", "A stream's tabs are told once a second at most; tell them again when that is over.");
    }

    private static List<ValidationError> Check(PresenceBody body)
    {
        var errors = new List<ValidationError>();
        if (string.IsNullOrEmpty(body.StreamId)) errors.Add(new("streamId", "stream_id_missing", "streamId is that of the last hub.hello."));
        if (body.Tabs is null or { Length: > MaxTabs }) errors.Add(new("tabs", "tabs_invalid", $"tabs is a list of at most {MaxTabs} tabs."));
        else if (Array.FindIndex(body.Tabs, tab => tab is null || !IsPage(tab.Page)) is >= 0 and var at)
            errors.Add(new($"tabs[{at}].page", "page_invalid", $"page is the path of a page, at most {MaxPage} characters from a slash on, without query and fragment; or empty."));
        return errors;
    }

    private static bool IsPage(string? page) => string.IsNullOrEmpty(page) || (page.Length <= MaxPage && page[0] == '/' && DraftRules.IsLine(page) && !page.AsSpan().ContainsAny('?', '#'));

    internal sealed record PresenceBody(string? StreamId, PresenceTab[]? Tabs);

    internal sealed record PresenceTab(string? Page, bool Visible);
}
