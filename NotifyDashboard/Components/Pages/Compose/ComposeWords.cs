using System.Globalization;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>The rules of a draft in the words of the page: the API speaks of its field names, the page of its labels.</summary>
internal static class ComposeWords
{
    public static string Of(ValidationError error) => error.Rule switch
    {
        "title_missing" or "nothing_to_say" => "Give a title, or a text.",
        "expires_at_past" => "The expiry is in the past. Give a later time.",
        "publish_at_past" or "publish_at_far" => WhenField.Words(error),
        "topics_too_many" => $"At most {DraftRules.MaxTopics} topics fit.",
        "tags_too_many" => $"At most {DraftRules.MaxTags} tags fit.",
        // The message begins with the name of the API's field.
        _ when error.Message.StartsWith(error.Field + " ", StringComparison.Ordinal) => $"The {Label(error.Field)}{error.Message[error.Field.Length..]}",
        _ => error.Message,
    };

    /// <summary>The first error of a field, or null. Once it is corrected, the next one shows.</summary>
    public static string? ErrorOf(this IReadOnlyList<ValidationError> errors, string field) => errors.FirstOrDefault(error => error.Field == field).Message;

    /// <summary>The element id of the field that has an error.</summary>
    public static string FieldId(string field) => field switch { "body" => "text", "actions" => "action-1", "expiresAt" => "expires-at", "publishAt" => "schedule-at", _ => field };

    /// <summary>When a notification expires, in words.</summary>
    /// <param name="value">One of <see cref="ComposeForm.Lives"/>, <see cref="ComposeForm.AtTime"/>, or empty.</param>
    public static string OfLife(string? value) => value switch
    {
        ComposeForm.AtTime => "At a date and time",
        null or "" => "Never",
        _ => ComposeForm.Lives.First(life => life.Value == value).Words,
    };

    /// <summary>A number with thousands separators.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Label(string field) => field switch { "body" => "text", "url" => "link", "type" => "event type", "actions" => "action's link", "collapseKey" => "key", _ => field };
}
