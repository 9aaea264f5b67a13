using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>The request body of a mark, not yet validated.</summary>
/// <param name="ForSeconds">Any JSON value, so that a value that is not an integer gets its own validation error.</param>
internal sealed record MarkBody(IReadOnlyList<string?>? Ids, string? UpTo, string? Until, JsonElement? ForSeconds, IReadOnlyList<string?>? Topics)
{
    public const int MaxIds = 1_000;

    /// <summary>The longest snooze.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(366);

    /// <summary>Validates the body. The mark is valid only if there are no validation errors.</summary>
    public (InboxMark Mark, IReadOnlyList<ValidationError> Errors) Read(InboxAction act, Epochs epochs, DateTimeOffset now)
    {
        var errors = new List<ValidationError>();
        var ids = new List<long>();
        foreach (var text in Ids ?? [])
        {
            if (!Cursor.TryParse(text, out var id)) errors.Add(new("ids", "id_invalid", "Each of ids is the id of a notification."));
            // An id of another epoch is ignored, like that of a trimmed notification: the page will detect the new epoch by itself.
            else if (epochs.CursorOf(id.Sequence) == id) ids.Add(id.Sequence);
        }
        if (Ids?.Count > MaxIds) errors.Add(new("ids", "ids_too_many", $"ids takes at most {MaxIds}; there are {Ids.Count}."));
        var takesAll = act is InboxAction.Seen or InboxAction.Read;
        if (Ids is not { Count: > 0 } && (UpTo is null || !takesAll))
            errors.Add(new("ids", "nothing_marked", takesAll ? "Give ids, or upTo for all up to the newest that the page saw." : "Give ids."));
        if (Topics is not null && UpTo is null) errors.Add(new("topics", "topics_not_taken", "topics goes with upTo."));
        if (Topics is { Count: 0 or > Recipient.MaxInboxTopics }) errors.Add(new("topics", "topics_invalid", $"topics is 1 to {Recipient.MaxInboxTopics} topics of the inbox; leave it out for all."));
        return (new(act, ids, Through(takesAll, epochs, errors), Time(act, now, errors), Topics is null ? null : [.. Topics.OfType<string>()]), [.. errors.DistinctBy(error => error.Rule)]);
    }

    private long? Through(bool takesAll, Epochs epochs, List<ValidationError> errors)
    {
        if (UpTo is null) return null;
        if (!takesAll) errors.Add(new("upTo", "up_to_not_taken", "upTo is for seen and read; give ids."));
        else if (!Cursor.TryParse(UpTo, out var cursor) || !epochs.Contains(cursor))
            errors.Add(new("upTo", "up_to_invalid", "upTo is the newest cursor that the page saw, of this log; load the inbox anew where it is of another."));
        else return cursor.Sequence;
        return null;
    }

    private DateTimeOffset? Time(InboxAction act, DateTimeOffset now, List<ValidationError> errors)
    {
        if (act != InboxAction.Snooze)
        {
            if (Until is not null) errors.Add(new("until", "until_not_taken", "until is for snooze."));
            if (ForSeconds is not null) errors.Add(new("forSeconds", "for_seconds_not_taken", "forSeconds is for snooze."));
            return null;
        }
        if (Until is not null && ForSeconds is not null)
        {
            errors.Add(new("forSeconds", "until_and_for_seconds", "until and forSeconds are both given; give one of them."));
            return null;
        }
        return ForSeconds is { } seconds ? After(seconds, now, errors) : At(now, errors);
    }

    private static DateTimeOffset? After(JsonElement seconds, DateTimeOffset now, List<ValidationError> errors)
    {
        if (seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt64(out var count) && count >= 1 && count <= MaxAhead.TotalSeconds) return DraftRules.WholeMilliseconds(now.AddSeconds(count));
        errors.Add(new("forSeconds", "for_seconds_invalid", $"forSeconds is a whole number of seconds, 1 to {MaxAhead.TotalSeconds} ({MaxAhead.Days} days)."));
        return null;
    }

    private DateTimeOffset? At(DateTimeOffset now, List<ValidationError> errors)
    {
        if (TimeText.Parse(Until) is { } until && until > now && until <= now + MaxAhead) return DraftRules.WholeMilliseconds(until);
        errors.Add(new("until", "until_invalid", $"until is {TimeText.Syntax}, that lies ahead by at most {MaxAhead.Days} days. Or give forSeconds."));
        return null;
    }
}
