using System.Globalization;
using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Publishing;

/// <summary>
/// Reads a draft out of a request body and names what is not of the right kind or not known.
/// What the values may be is for <see cref="DraftRules"/>.
/// </summary>
internal sealed class DraftReader
{
    private const string Known = "topic, type, private, title, body, severity, url, icon, tags, actions, data, retry";

    // A body of 512 KiB holds a hundred thousand faults, and their answer would be forty times as long.
    private const int MaxFaults = 50;

    private readonly List<DraftFault> _faults = [];

    /// <param name="json">An object.</param>
    public static (NotificationDraft Draft, IReadOnlyList<DraftFault> Faults) Read(JsonElement json)
    {
        var reader = new DraftReader();
        return (reader.Object(json), reader._faults);
    }

    public static (NotificationDraft Draft, IReadOnlyList<DraftFault> Faults) Read(IFormCollection form)
    {
        var reader = new DraftReader();
        return (reader.Form(form), reader._faults);
    }

    private NotificationDraft Object(JsonElement json)
    {
        var draft = new NotificationDraft();
        foreach (var property in json.EnumerateObject())
        {
            var (name, value) = (property.Name, property.Value);
            if (value.ValueKind == JsonValueKind.Null) continue;
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
                _ => Unknown(draft, name),
            };
        }
        return draft;
    }

    private NotificationDraft Form(IFormCollection form)
    {
        var draft = new NotificationDraft();
        foreach (var (name, values) in form)
        {
            string[] texts = [.. values.OfType<string>()];
            var text = texts.LastOrDefault() ?? "";
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
                "actions" => Refused(draft, new(name, "actions_in_form", "actions needs a JSON body.")),
                _ => Unknown(draft, name),
            };
        }
        return draft;
    }

    private string String(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return Wrong(name, "a string", "");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped: JSON allows it, Unicode does not.
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
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or JsonException)
        {
            // Not null: what was given but is wrong is not missing too.
            return Wrong<NotificationData?>("data", "valid Unicode", NotificationData.FromString(""));
        }
    }

    private T Wrong<T>(string field, string wanted, T value = default!)
    {
        Add(new(field, field + "_wrong_kind", $"{field} must be {wanted}."));
        return value;
    }

    private NotificationDraft Unknown(NotificationDraft draft, string name) =>
        Refused(draft, new(name.Length <= 50 ? name : name[..50], "field_unknown", $"There is no field \"{(name.Length <= 50 ? name : name[..50] + "…")}\"; known are {Known}."));

    private NotificationDraft Refused(NotificationDraft draft, DraftFault fault)
    {
        Add(fault);
        return draft;
    }

    private void Add(DraftFault fault)
    {
        if (_faults.Count < MaxFaults) _faults.Add(fault);
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
