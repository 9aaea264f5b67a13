using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace NotifyDashboard.Operating;

/// <summary>Refuses a compressed body, or one with a charset other than UTF-8, on API endpoints that read a body. They would otherwise report broken JSON, or store wrong text.</summary>
internal static class RequestEncodingGuard
{
    private const string Title = "The encoding is not supported";

    public static void UseRequestEncodingGuard(this WebApplication app) => app.Use((context, next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RequestSizeLimit>() is not null && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && Refuse(context) is { } problem
            ? problem.ExecuteAsync(context)
            : next(context));

    private static ProblemHttpResult? Refuse(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding).Any(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            // RFC 9110, 15.5.16: Accept-Encoding lists the codings that are accepted.
            context.Response.Headers.AcceptEncoding = "identity";
            return Problems.Because(StatusCodes.Status415UnsupportedMediaType, Problems.UnsupportedMediaType, Title, "The body is compressed. Send it without Content-Encoding.");
        }
        if (request.GetTypedHeaders().ContentType is not { Charset.Length: > 0 } type) return null;
        if (HeaderUtilities.RemoveQuotes(type.Charset).Value?.ToUpperInvariant() is not ("UTF-8" or "UTF8"))
            return Problems.Because(StatusCodes.Status415UnsupportedMediaType, Problems.UnsupportedMediaType, Title, "The charset is not UTF-8. Send the body in UTF-8.");
        // The framework's JSON reader accepts only this spelling; "utf8" or quotes cause an exception.
        type.Charset = "utf-8";
        request.ContentType = type.ToString();
        return null;
    }
}
