using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access.Tokens;

/// <summary>The claims of a recipient's token.</summary>
/// <param name="Subject">The <c>sub</c>.</param>
/// <param name="Expires">The <c>exp</c>.</param>
/// <param name="IssuedAt">The <c>iat</c>; null if it is missing or not a time.</param>
/// <param name="NotBefore">The <c>nbf</c>, or the Unix epoch.</param>
/// <param name="Inbox">The topics of the claim <c>inbox</c>.</param>
/// <param name="Topics">The exact topics that <c>authorization_details</c> (RFC 9396) grants.</param>
/// <param name="Patterns">The topic patterns that <c>authorization_details</c> grants.</param>
internal sealed record TokenClaims(
    string Subject, DateTimeOffset Expires, DateTimeOffset? IssuedAt, DateTimeOffset NotBefore, IReadOnlyList<string> Inbox, IReadOnlyList<string> Topics, IReadOnlyList<TopicPattern> Patterns)
{
    /// <summary>Maximum number of topics and patterns that one token may grant, without the topics of the inbox.</summary>
    public const int MaxGrants = 100;

    /// <summary>The <c>type</c> of the details that the hub reads. It also reads details without a type, and ignores other types.</summary>
    public const string DetailsType = "notifydashboard";

    /// <summary>The action that grants access to private notifications.</summary>
    public const string Subscribe = "subscribe";

    /// <summary>A value from here to a hundred times this is taken for milliseconds (the years 1973 to 2286), because as seconds it would be after the year 5138.</summary>
    private const double Milliseconds = 100_000_000_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <param name="payload">The JSON payload of a token whose signature is valid.</param>
    /// <exception cref="BadTokenException">A claim is missing or malformed.</exception>
    public static TokenClaims Read(ReadOnlyMemory<byte> payload)
    {
        using var document = Parse(payload);
        var root = document.RootElement;
        CheckText(root);
        if (root.ValueKind != JsonValueKind.Object) throw new BadTokenException("its payload is no JSON object");
        var (topics, patterns) = (new List<string>(), new List<TopicPattern>());
        foreach (var details in Items(root, "authorization_details")) ReadDetails(details, topics, patterns);
        if (topics.Count + patterns.Count > MaxGrants) throw new BadTokenException($"its authorization_details grant more than {MaxGrants} topics");
        return new(
            root.TryGetProperty("sub", out var sub) && sub.ValueKind == JsonValueKind.String && sub.GetString() is { Length: > 0 } subject ? subject : throw new BadTokenException("it has no sub"),
            Time(root, "exp") ?? throw new BadTokenException("it has no exp"),
            // iat is used only for the lifetime, so a malformed one does not make the token invalid.
            root.TryGetProperty("iat", out var issued) && issued.ValueKind == JsonValueKind.Number && issued.TryGetDouble(out var at) && at is > 0 and < Milliseconds ? DateTimeOffset.UnixEpoch.AddSeconds(at) : null,
            Time(root, "nbf") ?? DateTimeOffset.UnixEpoch,
            [.. Items(root, "inbox").Select(item => TopicOf(item, "inbox"))],
            topics,
            patterns);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return JsonDocument.Parse(payload, Strict);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new BadTokenException("its payload is no JSON, or names something twice");
        }
    }

    // JSON allows an escaped lone surrogate, and reading such a string throws. This checks all strings and names once, also in nested claims.
    private static void CheckText(JsonElement root)
    {
        try
        {
            var waiting = new Stack<JsonElement>([root]);
            while (waiting.TryPop(out var element))
            {
                if (element.ValueKind == JsonValueKind.String) _ = element.GetString();
                else if (element.ValueKind == JsonValueKind.Array) foreach (var item in element.EnumerateArray()) waiting.Push(item);
                else if (element.ValueKind == JsonValueKind.Object)
                {
                    foreach (var member in element.EnumerateObject())
                    {
                        _ = member.Name;
                        waiting.Push(member.Value);
                    }
                }
            }
        }
        catch (InvalidOperationException)
        {
            throw new BadTokenException("it holds half a character (a lone surrogate)");
        }
    }

    private static void ReadDetails(JsonElement details, List<string> topics, List<TopicPattern> patterns)
    {
        if (details.ValueKind != JsonValueKind.Object) throw new BadTokenException("its authorization_details are no objects");
        if (details.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.String && type.ValueEquals(DetailsType))) return;
        if (!Items(details, "actions").Any(action => action.ValueKind == JsonValueKind.String && action.ValueEquals(Subscribe))) return;
        foreach (var topic in Items(details, "topics"))
        {
            if (topic.ValueKind != JsonValueKind.Object) topics.Add(TopicOf(topic, "authorization_details"));
            else if (topic.TryGetProperty("match", out var match) && match.ValueKind == JsonValueKind.String && TopicPattern.TryParse(match.GetString()!, out var pattern)) patterns.Add(pattern);
            else throw new BadTokenException("its authorization_details have a match that is no pattern");
        }
    }

    private static string TopicOf(JsonElement item, string claim) =>
        item.ValueKind == JsonValueKind.String && item.GetString() is { } topic && Topic.IsValid(topic) ? topic : throw new BadTokenException($"its {claim} has something that is no topic");

    private static JsonElement.ArrayEnumerator Items(JsonElement holder, string claim)
    {
        if (!holder.TryGetProperty(claim, out var items)) return default;
        return items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : throw new BadTokenException($"its {claim} is no array");
    }

    private static DateTimeOffset? Time(JsonElement root, string claim)
    {
        if (!root.TryGetProperty(claim, out var time)) return null;
        if (time.ValueKind != JsonValueKind.Number || !time.TryGetDouble(out var seconds) || !double.IsFinite(seconds)) throw new BadTokenException($"its {claim} is no number");
        // RFC 7519 uses seconds. Milliseconds, as from JavaScript's Date.now(), would make the token valid for 50,000 years.
        if (seconds is >= Milliseconds and < 100 * Milliseconds) throw new BadTokenException($"its {claim} is in milliseconds; give seconds since 1970 (RFC 7519)");
        // Clamped, because a time in the far future must not overflow DateTimeOffset.
        return DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(seconds, 0, 200_000_000_000));
    }
}
