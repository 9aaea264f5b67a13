using System.Globalization;
using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>
/// Reads a draft from a request body and reports unknown fields and wrong types.
/// <see cref="DraftRules"/> validates the values.
/// </summary>
internal sealed class DraftReader
{
    private static readonly string[] Fields =
        ["topic", "type", "private", "title", "body", "severity", "url", "icon", "tags", "actions", "data", "retry", "externalId", "collapseKey", "expiresAt", "publishAt"];

    // Most forms come from curl -d, which does not encode values, and also sends JSON as a form.
    private const string FormHint = " In a form \"&\" begins another field: send a value that holds one with curl --data-urlencode. JSON needs Content-Type: application/json.";

    // Fields that decide who gets a notification and how it is found. They cannot change: subscribers that lose access to it would keep the old version.
    private static readonly string[] Fixed = ["topic", "type", "private", "externalId", "collapseKey", "publishAt"];

    private readonly List<ValidationError> _errors = [];
    private DateTimeOffset? _publishAt;

    public static bool IsField(string name) => Fields.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <param name="json">An object.</param>
    public static (NotificationDraft Draft, DateTimeOffset? PublishAt, IReadOnlyList<ValidationError> Errors) Read(JsonElement json)
    {
        var reader = new DraftReader();
        return (reader.Object(json), reader._publishAt, reader._errors);
    }

    public static (NotificationDraft Draft, DateTimeOffset? PublishAt, IReadOnlyList<ValidationError> Errors) Read(ILookup<string, string> form)
    {
        var reader = new DraftReader();
        return (reader.Form(form), reader._publishAt, reader._errors);
    }

    /// <summary>Reads a merge patch (RFC 7396): named fields are replaced, or removed by null; all others stay.</summary>
    /// <param name="json">An object.</param>
    public static (Func<NotificationDraft, NotificationDraft> Edit, IReadOnlyList<ValidationError> Errors) ReadPatch(JsonElement json)
    {
        var reader = new DraftReader();
        HashSet<string> named = [.. json.EnumerateObject().Select(property => property.Name)];
        var given = reader.Object(json);
        foreach (var name in named.Intersect(Fixed)) reader.Add(new(name, name + "_fixed", $"{name} cannot be changed; take the notification back and publish another."));
        return (stored => stored with
        {
            Title = named.Contains("title") ? given.Title : stored.Title,
            Body = named.Contains("body") ? given.Body : stored.Body,
            Severity = named.Contains("severity") ? given.Severity : stored.Severity,
            Url = named.Contains("url") ? given.Url : stored.Url,
            Icon = named.Contains("icon") ? given.Icon : stored.Icon,
            Tags = named.Contains("tags") ? given.Tags : stored.Tags,
            Actions = named.Contains("actions") ? given.Actions : stored.Actions,
            Data = named.Contains("data") ? given.Data : stored.Data,
            Retry = named.Contains("retry") ? given.Retry : stored.Retry,
            ExpiresAt = named.Contains("expiresAt") ? given.ExpiresAt : stored.ExpiresAt,
        }, reader._errors);
    }

    private NotificationDraft Object(JsonElement json)
    {
        var draft = new NotificationDraft();
        foreach (var property in json.EnumerateObject())
        {
            var (name, value) = (property.Name, property.Value);
            // Null means that the field is missing. In topic and private it is an error, because without them the notification would go to everyone.
            if (value.ValueKind == JsonValueKind.Null && name is not ("topic" or "private")) continue;
            draft = name switch
            {
                "topic" => draft with { Topics = value.ValueKind == JsonValueKind.Array ? Strings(name, value) : [String(name, value)] },
                "type" => draft with { Type = String(name, value) },
                "private" => draft with { Private = Boolean(name, value) },
                "title" => draft with { Title = String(name, value) },
                "body" => draft with { Body = String(name, value) },
                "severity" => draft with { Severity = String(name, value) },
                "url" => draft with { Url = String(name, value) },
                "icon" => draft with { Icon = String(name, value) },
                "tags" => draft with { Tags = Strings(name, value) },
                "actions" => draft with { Actions = Actions(value) },
                "data" => draft with { Data = Data(value) },
                "retry" => draft with { Retry = value.TryGetMilliseconds(out var retry) ? retry : Wrong<TimeSpan?>(name, "a whole number of milliseconds") },
                "externalId" => draft with { ExternalId = String(name, value) },
                "collapseKey" => draft with { CollapseKey = String(name, value) },
                "expiresAt" => draft with { ExpiresAt = Time(name, String(name, value)) },
                "publishAt" => PublishAt(draft, String(name, value)),
                _ => Unknown(draft, name),
            };
        }
        return draft;
    }

    private NotificationDraft Form(ILookup<string, string> form)
    {
        var draft = new NotificationDraft();
        foreach (var values in form)
        {
            var name = values.Key;
            string[] texts = [.. values];
            var text = texts[^1];
            if (texts.Length > 1 && name is not ("topic" or "tags")) Add(new(name, name + "_twice", $"{name} stands twice; give it once."));
            draft = name switch
            {
                "topic" => draft with { Topics = texts },
                "type" => draft with { Type = text },
                "private" => draft with { Private = bool.TryParse(text, out var value) ? value : Wrong<bool>(name, "true or false") },
                "title" => draft with { Title = text },
                "body" => draft with { Body = text },
                "severity" => draft with { Severity = text },
                "url" => draft with { Url = text },
                "icon" => draft with { Icon = text },
                "tags" => draft with { Tags = texts },
                "data" => draft with { Data = NotificationData.FromString(text) },
                "retry" => draft with { Retry = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? TimeSpan.FromMilliseconds(ms) : Wrong<TimeSpan?>(name, "a whole number of milliseconds") },
                "externalId" => draft with { ExternalId = text },
                "collapseKey" => draft with { CollapseKey = text },
                "expiresAt" => draft with { ExpiresAt = Time(name, text) },
                "publishAt" => PublishAt(draft, text),
                "actions" => Refused(draft, new(name, "actions_in_form", "actions needs a JSON body.")),
                _ => Unknown(draft, name, FormHint),
            };
        }
        return draft;
    }

    private NotificationDraft PublishAt(NotificationDraft draft, string text)
    {
        _publishAt = Time("publishAt", text);
        return draft;
    }

    private DateTimeOffset? Time(string name, string text) => TimeText.Parse(text) ?? Wrong<DateTimeOffset?>(name, TimeText.Syntax);

    private string String(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return Wrong(name, "a string", "");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate: JSON allows it, Unicode does not.
            return Wrong(name, "valid Unicode", "");
        }
    }

    private string[] Strings(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => String(name, v))] : Wrong<string[]>(name, "an array of strings", []);

    private bool Boolean(string name, JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong<bool>(name, "true or false");

    private NotificationAction[] Actions(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) return Wrong<NotificationAction[]>("actions", "an array of {label, url}", []);
        return [.. value.EnumerateArray().Select(action =>
            action.ValueKind == JsonValueKind.Object && action.TryGetProperty("label", out var label) && action.TryGetProperty("url", out var url)
                ? new NotificationAction(String("actions", label), String("actions", url))
                : Wrong("actions", "an array of {label, url}", new NotificationAction("?", "/")))];
    }

    private NotificationData? Data(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) return NotificationData.FromString(String("data", value));
        try
        {
            return NotificationData.FromJson(value);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or JsonException)
        {
            // Not null, so that the draft is not reported as missing its data too.
            return Wrong<NotificationData?>("data", "valid Unicode", NotificationData.FromString(""));
        }
    }

    private T Wrong<T>(string field, string wanted, T value = default!)
    {
        Add(new(field, field + "_wrong_kind", $"{field} must be {wanted}."));
        return value;
    }

    private NotificationDraft Unknown(NotificationDraft draft, string name, string hint = "")
    {
        var start = name.Length <= 50 ? name : name[..50];
        return Refused(draft, new(name.Length == 0 ? "body" : start, "field_unknown", $"There is no field \"{start}{(start == name ? "" : "…")}\"; known are {string.Join(", ", Fields)}.{hint}"));
    }

    private NotificationDraft Refused(NotificationDraft draft, ValidationError error)
    {
        Add(error);
        return draft;
    }

    private void Add(ValidationError error)
    {
        if (_errors.Count < Problems.MaxErrors) _errors.Add(error);
    }
}

file static class JsonElements
{
    public static bool TryGetMilliseconds(this JsonElement json, out TimeSpan? value)
    {
        value = json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var ms) && ms is >= 0 and <= int.MaxValue ? TimeSpan.FromMilliseconds(ms) : null;
        return value is not null;
    }
}
