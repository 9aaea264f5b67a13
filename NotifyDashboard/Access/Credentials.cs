using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access;

/// <summary>Selects the one credential that authenticates a request. If it is invalid, the request is refused; the next credential is not tried.</summary>
internal static class Credentials
{
    /// <summary>The query parameter of a stream's URL that carries the ticket.</summary>
    public const string TicketParameter = "ticket";

    private const string Stream = "/sse-stream";

    // On other paths a recipient's cookie is ignored: an application may set it for the whole domain, and the operator's cookie must still work.
    private static readonly PathString[] ForRecipients = [Stream, "/api/inbox", "/api/stream-tickets", "/api/presence"];

    // Schemes that a proxy in front of the hub may use. Browsers then send such a header with every request, also with one that another site causes.
    private static readonly string[] ProxySchemes = ["Basic", "Digest", "Negotiate", "NTLM"];

    /// <summary>The <c>Authorization</c> header unless it belongs to a proxy, else the ticket of a stream, else a cookie.</summary>
    public static string SchemeOf(HttpContext context)
    {
        var request = context.Request;
        var header = request.Headers.Authorization;
        // A key contains no dot, a token two.
        if (header.Count > 0 && !header.All(IsOfProxy)) return header.ToString().Contains('.', StringComparison.Ordinal) ? Schemes.Token : Schemes.ApiKey;
        if (request.Path.StartsWithSegments(Stream) && request.Query.ContainsKey(TicketParameter)) return Schemes.Ticket;
        return RecipientCookie(context) is null ? Schemes.Cookie : Schemes.RecipientCookie;
    }

    /// <summary>The credential of the scheme <c>Bearer</c>; null unless there is exactly one <c>Authorization</c> header, with this scheme.</summary>
    public static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        // Two headers name two identities, so neither is used.
        return header.Count == 1 && AuthenticationHeaderValue.TryParse(header, out var sent) && sent.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? sent.Parameter : null;
    }

    /// <summary>The value of the recipient's cookie; null if there is none, <c>Access:Tokens:Cookie</c> is not set, or the path does not use it.</summary>
    public static string? RecipientCookie(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.Tokens.Cookie is { } name
        && ForRecipients.Any(path => context.Request.Path.StartsWithSegments(path)) && context.Request.Cookies.TryGetValue(name, out var text) ? text : null;

    // A header with several credentials does not parse, so a Bearer credential after a Basic one is refused, not ignored.
    private static bool IsOfProxy(string? header) => AuthenticationHeaderValue.TryParse(header, out var sent) && ProxySchemes.Contains(sent.Scheme, StringComparer.OrdinalIgnoreCase);
}
