using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access.Tokens;

/// <summary>What a token says about its recipient.</summary>
/// <param name="Subject">Its <c>sub</c>.</param>
/// <param name="Expires">Its <c>exp</c>.</param>
/// <param name="IssuedAt">Its <c>iat</c>, where it has one.</param>
/// <param name="NotBefore">Its <c>nbf</c>, or the beginning of time.</param>
/// <param name="Inbox">The topics of its <c>inbox</c>.</param>
/// <param name="Topics">Exact topics that its <c>authorization_details</c> (RFC 9396) grant.</param>
/// <param name="Patterns">Patterns that they grant.</param>
internal sealed record TokenClaims(
    string Subject, DateTimeOffset Expires, DateTimeOffset? IssuedAt, DateTimeOffset NotBefore, IReadOnlyList<string> Inbox, IReadOnlyList<string> Topics, IReadOnlyList<TopicPattern> Patterns)
{
    /// <summary>Topics and patterns that one token may grant, those of the inbox not counted.</summary>
    public const int MaxGrants = 100;

    /// <summary>The <c>type</c> of our details; one without a type is ours too, others are somebody else's.</summary>
    public const string DetailsType = "notifydashboard";

    /// <summary>The action that lets private notifications be seen.</summary>
    public const string Subscribe = "subscribe";

    /// <summary>From here on (the year 5138 in seconds, 1973 in milliseconds) a time is in milliseconds, up to the year 2286.</summary>
    private const double Milliseconds = 100_000_000_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <param name="payload">The JSON of a token whose signature counts.</param>
    /// <exception cref="BadTokenException"/>
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
            // It only says how long the token lives; one that is no time is no reason to refuse the token.
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
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new BadTokenException("its payload is no JSON, or names something twice");
        }
    }

    // JSON lets half a surrogate pair through, escaped, and each read of such a string throws. Checked once for all of them, those of nested claims and of names too.
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
        // RFC 7519 counts seconds; what JavaScript's Date.now() gives would be good for 50,000 years.
        if (seconds is >= Milliseconds and < 100 * Milliseconds) throw new BadTokenException($"its {claim} is in milliseconds; give seconds since 1970 (RFC 7519)");
        // Far ahead is as good as for ever, and no fault of the arithmetic.
        return DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(seconds, 0, 200_000_000_000));
    }
}
