using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>The parsed body of a publish request.</summary>
/// <param name="Drafts">One draft, or those of a batch.</param>
/// <param name="IsBatch">Whether the body was a JSON array or lines (NDJSON).</param>
/// <param name="PublishAt">When to publish; null: now.</param>
/// <param name="Errors">Validation errors of the parser. In a batch, the field has the index of its draft: <c>[2].title</c>.</param>
internal sealed record DraftBody(IReadOnlyList<NotificationDraft> Drafts, bool IsBatch, DateTimeOffset? PublishAt, IReadOnlyList<ValidationError> Errors)
{
    public const int MaxBatch = 1_000;

    /// <summary>Maximum bytes of one notification, and of a batch.</summary>
    public const int MaxOne = 512 * 1024, MaxAll = 8 * 1024 * 1024;

    private const string FormType = "application/x-www-form-urlencoded", LinesType = "application/x-ndjson";

    // Less than the serializer's maximum depth: the history nests data in further levels, and one notification must not break a whole page of it.
    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions One = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth }, Batch = One with { MaxDepth = MaxDepth + 1 };

    /// <summary>The SHA-256 of the body.</summary>
    public byte[] Hash { get; private init; } = [];

    /// <returns>The body, or a problem when it cannot be parsed at all.</returns>
    public static async Task<(DraftBody? Body, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var mediaType = request.GetTypedHeaders().ContentType?.MediaType.Value;
        var isLines = LinesType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
        // A page of another site can post a form with the visitor's cookie, or with a proxy's credentials that the browser remembers. It cannot add a Bearer header.
        var isForm = request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && FormType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);
        if (!isLines && !isForm && !request.HasJsonContentType())
            return (null, Problems.Because(StatusCodes.Status415UnsupportedMediaType, Problems.UnsupportedMediaType, "The content type is not supported",
                $"Send application/json, {LinesType}, or with the header \"Authorization: Bearer …\" {FormType}."));
        var bytes = await ReadBytesAsync(request, cancellation);
        if (bytes.Length > MaxOne && !isLines && (isForm || !IsArray(bytes))) return (null, TooLarge());
        var (body, problem) = isForm ? ReadForm(bytes) : isLines ? ReadLines(bytes) : ReadJson(bytes);
        return (body is null ? null : body with { Hash = SHA256.HashData(bytes) }, problem);
    }

    /// <summary>Reads a merge patch (RFC 7396).</summary>
    /// <returns>The edit, or a problem when the patch is invalid.</returns>
    public static async Task<(Func<NotificationDraft, NotificationDraft>? Edit, ProblemHttpResult? Problem)> ReadPatchAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType())
            return (null, Problems.Because(StatusCodes.Status415UnsupportedMediaType, Problems.UnsupportedMediaType, "The content type is not supported", "Send application/json or application/merge-patch+json."));
        var bytes = await ReadBytesAsync(request, cancellation);
        if (bytes.Length > MaxOne) return (null, TooLarge());
        Func<NotificationDraft, NotificationDraft>? edit = null;
        var problem = Parse(bytes, One, root =>
        {
            if (root.ValueKind != JsonValueKind.Object) return Unreadable("not_an_object", "Send one JSON object, such as {\"title\":\"Hello\"}.");
            (edit, var errors) = DraftReader.ReadPatch(root);
            return errors.Count > 0 ? Problems.Invalid(errors) : null;
        });
        return (edit, problem);
    }

    private static async Task<byte[]> ReadBytesAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        return body.ToArray();
    }

    private static bool IsArray(ReadOnlySpan<byte> json) => (json.StartsWith("\uFEFF"u8) ? json[3..] : json).TrimStart(" \t\r\n"u8).StartsWith("["u8);

    private static (DraftBody?, ProblemHttpResult?) ReadJson(byte[] bytes)
    {
        DraftBody? body = null;
        var problem = Parse(bytes, Batch, root =>
        {
            if (root.ValueKind == JsonValueKind.Array)
            {
                if (root.GetArrayLength() is 0 or > MaxBatch) return WrongCount(root.GetArrayLength());
                if (root.EnumerateArray().Any(each => each.ValueKind != JsonValueKind.Object)) return Unreadable("not_an_object", "Each of a batch is a JSON object, such as {\"title\":\"Hello\"}.");
                body = Of([.. root.EnumerateArray().Select(DraftReader.Read)]);
                return null;
            }
            if (root.ValueKind != JsonValueKind.Object) return Unreadable("not_an_object", "Send one JSON object, such as {\"title\":\"Hello\"}, or an array of them.");
            var (draft, publishAt, errors) = DraftReader.Read(root);
            body = new([draft], false, publishAt, errors);
            return null;
        });
        return (body, problem);
    }

    private static (DraftBody?, ProblemHttpResult?) ReadLines(byte[] bytes)
    {
        var read = new List<(NotificationDraft, DateTimeOffset?, IReadOnlyList<ValidationError>)>();
        var number = 0;
        foreach (var line in bytes.AsSpan().Split((byte)'\n'))
        {
            number++;
            var text = bytes.AsMemory()[line];
            if (text.Span.Trim(" \t\r"u8).IsEmpty) continue;
            if (read.Count == MaxBatch) return (null, WrongCount(read.Count + 1));
            var problem = Parse(text, One, root =>
            {
                if (root.ValueKind != JsonValueKind.Object) return Unreadable("not_an_object", $"Line {number} is no JSON object; send one a line.");
                read.Add(DraftReader.Read(root));
                return null;
            }, $"Line {number}");
            if (problem is not null) return (null, problem);
        }
        return read.Count == 0 ? (null, WrongCount(0)) : (Of(read), null);
    }

    private static DraftBody Of(List<(NotificationDraft Draft, DateTimeOffset? PublishAt, IReadOnlyList<ValidationError> Errors)> read) => new([.. read.Select(each => each.Draft)], true, null,
    [
        .. read.SelectMany((each, i) => (each.PublishAt is null ? each.Errors : [.. each.Errors, new("publishAt", "publish_at_in_batch", "publishAt is for one notification; send it alone.")])
            .Select(error => error with { Field = $"[{i}].{error.Field}" })).Take(Problems.MaxErrors),
    ]);

    private static (DraftBody?, ProblemHttpResult?) ReadForm(byte[] bytes)
    {
        try
        {
            var (draft, publishAt, errors) = DraftReader.Read(FormFields.Read(bytes));
            return (new([draft], false, publishAt, errors), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, Unreadable("not_a_form", "The body is not a form: it is not valid UTF-8."));
        }
    }

    private static ProblemHttpResult? Parse(ReadOnlyMemory<byte> bytes, JsonDocumentOptions options, Func<JsonElement, ProblemHttpResult?> read, string what = "The body")
    {
        if (bytes.Span.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        // JsonDocument validates a string only when it is read, and would copy invalid bytes of nested data unread.
        if (!Utf8.IsValid(bytes.Span)) return Unreadable("not_json", $"{what} is not JSON: it is not valid UTF-8.");
        try
        {
            using var json = JsonDocument.Parse(bytes, options);
            return read(json.RootElement);
        }
        catch (JsonException exception)
        {
            return Unreadable("not_json", $"{what} is not JSON: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate in a property name.
            return Unreadable("not_json", $"{what} is not JSON: a name holds half a character (a lone surrogate).");
        }
    }

    private static ProblemHttpResult WrongCount(int count) => Unreadable("batch_count", $"A batch has 1 to {MaxBatch} notifications; {(count > MaxBatch ? "there are more" : "there is none")}.");

    private static ProblemHttpResult TooLarge() => TypedResults.Problem(Problems.TooLargeDetails);

    private static ProblemHttpResult Unreadable(string rule, string message) => Problems.Invalid([new("body", rule, message)]);
}
