using System.Text;

namespace NotifyDashboard.Hub;

/// <summary>A rule that a draft breaks.</summary>
/// <param name="Field">The field's name in the API.</param>
/// <param name="Rule">The broken rule's name, stable.</param>
/// <param name="Message">What is wrong and what to do, for the caller.</param>
public readonly record struct ValidationError(string Field, string Rule, string Message);

/// <summary>The draft breaks a rule; nothing was stored.</summary>
public sealed class InvalidDraftException(IReadOnlyList<ValidationError> errors) : Exception(string.Join(" ", errors.Select(error => error.Message)))
{
    public IReadOnlyList<ValidationError> Errors { get; } = errors;
}

/// <summary>Every rule for what may be published, in one place.</summary>
public static class DraftRules
{
    private const string LineWords = ", bidirectional controls or a byte order mark", InOneLine = "(UTF-16 units) in one line without control characters" + LineWords;

    public const int MaxTopics = 10, MaxType = 100, MaxTitle = 200, MaxBody = 4_000, MaxUrl = 2_048, MaxTags = 10, MaxTag = 50, MaxActions = 3, MaxLabel = 50, MaxKey = 200;

    /// <summary>In bytes of UTF-8.</summary>
    public const int MaxData = 64 * 1024;

    /// <summary>Event types with this prefix are reserved for the hub.</summary>
    public const string ReservedPrefix = "hub.";

    /// <summary>Also for endpoints that read a topic or a severity outside a draft, so that the message is the same.</summary>
    public static ValidationError TopicInvalid { get; } = new("topic", "topic_invalid", $"A topic is 1 to {Topic.MaxBytes} bytes without control characters{LineWords}.");

    /// <inheritdoc cref="TopicInvalid"/>
    public static ValidationError SeverityUnknown { get; } = new("severity", "severity_unknown", $"severity is one of {string.Join(", ", Severity.All)}.");

    private static readonly TimeSpan MinRetry = TimeSpan.FromSeconds(1), MaxRetry = TimeSpan.FromHours(1);

    /// <summary>The error for a text that is too long. Characters are UTF-16 units, as in .NET, Java and JavaScript.</summary>
    public static ValidationError TooLong(string field, string text, int max) => new(field, field + "_too_long", $"{field} has {text.Length} characters, counted in UTF-16 units; at most {max} fit.");

    /// <summary>All errors at once; empty for a valid draft.</summary>
    /// <param name="now">The time of publishing; null: expiresAt is not checked.</param>
    public static IReadOnlyList<ValidationError> Check(NotificationDraft draft, DateTimeOffset? now = null)
    {
        var errors = new List<ValidationError>();
        CheckTopics(draft.Topics, errors);
        CheckType(draft.Type, errors);
        if (!draft.HasContent && draft.Data is null)
            errors.Add(new("title", "nothing_to_say", "Give a title, or data."));
        else if (draft.HasContent && string.IsNullOrWhiteSpace(draft.Title) && string.IsNullOrWhiteSpace(draft.Body))
            errors.Add(new("title", "title_missing", "Give a title or a body beside the other content."));
        CheckText("title", draft.Title, MaxTitle, oneLine: true, errors);
        CheckText("body", draft.Body, MaxBody, oneLine: false, errors);
        if (draft.Severity is { } severity && !Severity.All.Contains(severity))
            errors.Add(SeverityUnknown);
        CheckUrl("url", draft.Url, errors);
        CheckUrl("icon", draft.Icon, errors);
        CheckTags(draft.Tags, errors);
        CheckActions(draft.Actions, errors);
        CheckData(draft.Data, errors);
        CheckKey("externalId", "external_id", draft.ExternalId, errors);
        CheckKey("collapseKey", "collapse_key", draft.CollapseKey, errors);
        if (draft.ExpiresAt <= now) errors.Add(new("expiresAt", "expires_at_past", "expiresAt lies after the publish; give a later time, or leave it out."));
        return errors;
    }

    /// <summary>All errors of a draft that is published at <paramref name="publishAt"/>, at once.</summary>
    public static IReadOnlyList<ValidationError> CheckSchedule(NotificationDraft draft, DateTimeOffset publishAt, DateTimeOffset now) =>
        [.. Check(draft, publishAt), .. CheckPublishAt(publishAt, now)];

    /// <summary>The errors in the time of a scheduled notification.</summary>
    public static IEnumerable<ValidationError> CheckPublishAt(DateTimeOffset publishAt, DateTimeOffset now)
    {
        if (publishAt <= now) yield return new("publishAt", "publish_at_past", "publishAt lies in the past; give a later time, or leave it out to publish now.");
        if (publishAt > now + ScheduledNotification.MaxAhead) yield return new("publishAt", "publish_at_far", $"publishAt is at most {ScheduledNotification.MaxAhead.Days} days ahead.");
    }

    /// <summary>A checked draft as it is stored: the severity's default filled in, the reconnection time clamped.</summary>
    public static NotificationDraft Normalize(NotificationDraft draft) => draft with
    {
        Severity = draft.HasContent ? draft.Severity ?? Severity.Info : null,
        Retry = draft.Retry is { } retry ? (retry < MinRetry ? MinRetry : retry > MaxRetry ? MaxRetry : retry) : null,
        ExpiresAt = draft.ExpiresAt is { } end ? WholeMilliseconds(end) : null,
    };

    /// <summary>A time as it is stored: in UTC, to the millisecond.</summary>
    public static DateTimeOffset WholeMilliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    /// <summary>
    /// Whether a text is a single line that is displayed as it is stored: no control characters, no bidirectional embeddings, overrides or isolates,
    /// and no byte order mark. With those, one text could imitate another. Joiners and direction marks are allowed: words of some languages need them.
    /// </summary>
    public static bool IsLine(string text) => !text.Any(c => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF');

    /// <summary>http, https, or relative to the site; nothing that a browser could read as another scheme or host.</summary>
    public static bool IsSafeUrl(string url)
    {
        // Browsers drop tabs and line breaks inside a URL and read "\" as "/": "/\evil.example" would leave the site.
        if (!IsLine(url) || url.Any(c => char.IsWhiteSpace(c) || c == '\\')) return false;
        if (url.StartsWith('/')) return !url.StartsWith("//", StringComparison.Ordinal);
        return Uri.TryCreate(url, UriKind.Absolute, out var absolute)
            && (absolute.Scheme == Uri.UriSchemeHttp || absolute.Scheme == Uri.UriSchemeHttps)
            && absolute.Host.Length > 0;
    }

    private static void CheckTopics(IReadOnlyList<string> topics, List<ValidationError> errors)
    {
        if (topics.Count == 0) errors.Add(new("topic", "topic_missing", "Give a topic, or leave topic out for \"broadcast\"."));
        if (topics.Count > MaxTopics) errors.Add(new("topic", "topics_too_many", $"topic takes at most {MaxTopics}; there are {topics.Count}."));
        if (topics.Any(t => t is null || !Topic.IsValid(t)))
            errors.Add(TopicInvalid);
        else if (topics.Distinct(StringComparer.Ordinal).Count() != topics.Count)
            errors.Add(new("topic", "topic_twice", "The same topic stands twice; name it once."));
    }

    private static void CheckType(string type, List<ValidationError> errors)
    {
        // Anything outside visible ASCII could end the line and inject a field (WHATWG HTML 9.2.6).
        if (type.Length is 0 or > MaxType || type.Any(c => c is < '!' or > '~'))
            errors.Add(new("type", "type_invalid", $"type is 1 to {MaxType} visible ASCII characters without spaces."));
        else if (type.StartsWith(ReservedPrefix, StringComparison.OrdinalIgnoreCase))
            errors.Add(new("type", "type_reserved", $"Types that start with \"{ReservedPrefix}\" are the hub's own; choose another."));
    }

    private static void CheckText(string field, string? text, int max, bool oneLine, List<ValidationError> errors)
    {
        if (text is null) return;
        if (text.Length > max) errors.Add(TooLong(field, text, max));
        if (!Text.IsUnicode(text)) errors.Add(new(field, field + "_not_unicode", $"{field} holds half a character (a lone surrogate); send valid Unicode."));
        if (oneLine && !IsLine(text)) errors.Add(new(field, field + "_control", $"{field} is one line without control characters{LineWords}."));
    }

    private static void CheckUrl(string field, string? url, List<ValidationError> errors)
    {
        if (url is null) return;
        if (url.Length > MaxUrl) errors.Add(TooLong(field, url, MaxUrl));
        else if (!IsSafeUrl(url) || !Text.IsUnicode(url)) errors.Add(new(field, field + "_invalid", $"{field} starts with http://, https:// or a single /."));
    }

    private static void CheckTags(IReadOnlyList<string> tags, List<ValidationError> errors)
    {
        if (tags.Count > MaxTags) errors.Add(new("tags", "tags_too_many", $"tags takes at most {MaxTags}; there are {tags.Count}."));
        if (tags.Any(t => string.IsNullOrWhiteSpace(t) || t.Length > MaxTag || !IsLine(t) || !Text.IsUnicode(t)))
            errors.Add(new("tags", "tag_invalid", $"A tag is 1 to {MaxTag} characters {InOneLine}."));
    }

    private static void CheckActions(IReadOnlyList<NotificationAction> actions, List<ValidationError> errors)
    {
        if (actions.Count > MaxActions) errors.Add(new("actions", "actions_too_many", $"actions takes at most {MaxActions}; there are {actions.Count}."));
        // Surplus actions are reported once, by the count above.
        foreach (var action in actions.Take(MaxActions))
        {
            if (string.IsNullOrWhiteSpace(action.Label) || action.Label.Length > MaxLabel || !IsLine(action.Label) || !Text.IsUnicode(action.Label))
                errors.Add(new("actions", "action_label_invalid", $"An action's label is 1 to {MaxLabel} characters {InOneLine}."));
            CheckUrl("actions", action.Url ?? "", errors);
        }
    }

    private static void CheckKey(string field, string rule, string? key, List<ValidationError> errors)
    {
        if (key is null) return;
        if (key.Length is 0 or > MaxKey || !IsLine(key) || !Text.IsUnicode(key)) errors.Add(new(field, rule + "_invalid", $"{field} is 1 to {MaxKey} characters {InOneLine}."));
    }

    private static void CheckData(NotificationData? data, List<ValidationError> errors)
    {
        if (data is not { } given) return;
        if (!Text.IsUnicode(given.Text)) errors.Add(new("data", "data_not_unicode", "data holds half a character (a lone surrogate); send valid Unicode."));
        var bytes = Encoding.UTF8.GetByteCount(given.Text);
        if (bytes > MaxData) errors.Add(new("data", "data_too_large", $"data has {bytes} bytes; at most {MaxData} fit."));
    }
}
