using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>Reads a request's body as a draft. What cannot be read at all is a problem of its own, without the faults of a draft that was never there.</summary>
internal static class DraftBody
{
    private const string FormType = "application/x-www-form-urlencoded";

    // Shallower than what the serializer can write: the history wraps data in further levels, and one notification must not break a page of it.
    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static async Task<(NotificationDraft Draft, IReadOnlyList<DraftFault> Faults, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.HasJsonContentType()) return await ReadJsonAsync(request, cancellation);
        // A form can be posted by any page with the visitor's cookie; only who sends an Authorization header means it.
        if (request.Headers.Authorization.Count > 0 && FormType.Equals(request.GetTypedHeaders().ContentType?.MediaType.Value, StringComparison.OrdinalIgnoreCase))
            return await ReadFormAsync(request, cancellation);
        return (new(), [], Problems.Because(StatusCodes.Status415UnsupportedMediaType, Problems.UnsupportedMediaType, "The content type is not supported",
            $"Send application/json, or with an Authorization header {FormType}."));
    }

    private static async Task<(NotificationDraft, IReadOnlyList<DraftFault>, ProblemHttpResult?)> ReadJsonAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        // The parser looks into strings only when they are read, and copies what it does not read.
        if (!Utf8.IsValid(body.GetBuffer().AsSpan(0, (int)body.Length))) return Unreadable("not_json", "The body is not JSON: it is not valid UTF-8.");
        body.Position = 0;
        try
        {
            using var json = await JsonDocument.ParseAsync(body, Json, cancellation);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return Unreadable("not_an_object", "Send one JSON object, such as {\"title\":\"Hello\"}.");
            var (draft, faults) = DraftReader.Read(json.RootElement);
            return (draft, faults, null);
        }
        catch (JsonException fault)
        {
            return Unreadable("not_json", $"The body is not JSON: {fault.Message}");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped, in a property's name.
            return Unreadable("not_json", "The body is not JSON: a name holds half a character (a lone surrogate).");
        }
    }

    private static async Task<(NotificationDraft, IReadOnlyList<DraftFault>, ProblemHttpResult?)> ReadFormAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            var (draft, faults) = DraftReader.Read(await request.ReadFormAsync(cancellation));
            return (draft, faults, null);
        }
        catch (InvalidDataException fault)
        {
            return Unreadable("not_a_form", $"The body is not a form of known fields: {fault.Message}");
        }
    }

    private static (NotificationDraft, IReadOnlyList<DraftFault>, ProblemHttpResult?) Unreadable(string rule, string message) =>
        (new(), [], Problems.Invalid([new("body", rule, message)]));
}
