using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access;

/// <summary>Which of the things that a request carries says who it is from. One alone does: a bad one is refused, and never makes way for the next.</summary>
internal static class Credentials
{
    /// <summary>The ticket's name in the address of a stream.</summary>
    public const string TicketParameter = "ticket";

    private const string Stream = "/sse-stream";

    // Elsewhere an operator's cookie decides, whoever set a recipient's for the whole domain.
    private static readonly PathString[] ForRecipients = [Stream, "/api/inbox", "/api/stream-tickets", "/api/presence"];

    // A proxy in front of the hub asks for these. Browsers then send them with every request, also with one that another site causes.
    private static readonly string[] ProxySchemes = ["Basic", "Digest", "Negotiate", "NTLM"];

    /// <summary><c>Authorization</c> where it is there and not a proxy's, else the ticket of a stream, else a cookie.</summary>
    public static string SchemeOf(HttpContext context)
    {
        var request = context.Request;
        var header = request.Headers.Authorization;
        // A key has no dot, a token two.
        if (header.Count > 0 && !header.All(IsOfProxy)) return header.ToString().Contains('.', StringComparison.Ordinal) ? Schemes.Token : Schemes.ApiKey;
        if (request.Path.StartsWithSegments(Stream) && request.Query.ContainsKey(TicketParameter)) return Schemes.Ticket;
        return RecipientCookie(context) is null ? Schemes.Cookie : Schemes.RecipientCookie;
    }

    /// <summary>What stands behind <c>Bearer</c>; null where the header holds nothing else of that kind.</summary>
    public static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        // Two headers name two identities: neither is taken.
        return header.Count == 1 && AuthenticationHeaderValue.TryParse(header, out var sent) && sent.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? sent.Parameter : null;
    }

    /// <summary>The recipient's cookie; null where there is none or it is not asked for.</summary>
    public static string? RecipientCookie(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.Tokens.Cookie is { } name
        && ForRecipients.Any(path => context.Request.Path.StartsWithSegments(path)) && context.Request.Cookies.TryGetValue(name, out var text) ? text : null;

    // A header that holds more than one credential does not parse, so a Bearer behind a Basic is refused and not overlooked.
    private static bool IsOfProxy(string? header) => AuthenticationHeaderValue.TryParse(header, out var sent) && ProxySchemes.Contains(sent.Scheme, StringComparer.OrdinalIgnoreCase);
}
