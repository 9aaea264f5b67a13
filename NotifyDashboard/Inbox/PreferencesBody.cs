using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary>The request body of preferences, not yet validated. Missing fields get their defaults.</summary>
internal sealed record PreferencesBody(PreferencesBody.MutedBody? Muted, PreferencesBody.HoursBody? QuietHours, bool? CriticalBreaksThrough)
{
    private const int MaxMuted = 50;

    internal sealed record MutedBody(IReadOnlyList<string?>? Topics, IReadOnlyList<string?>? Types);

    internal sealed record HoursBody(string? From, string? To, string? TimeZone);

    public (InboxPreferences Preferences, IReadOnlyList<ValidationError> Errors) Read()
    {
        var errors = new List<ValidationError>();
        string?[] topics = [.. (Muted?.Topics ?? []).Distinct(StringComparer.Ordinal)];
        string?[] types = [.. (Muted?.Types ?? []).Distinct(StringComparer.Ordinal)];
        if (topics.Any(topic => topic is null || !Topic.IsValid(topic))) errors.Add(DraftRules.TopicInvalid with { Field = "muted.topics" });
        if (types.Any(type => type is not { Length: > 0 and <= DraftRules.MaxType } || type.Any(c => c is < '!' or > '~')))
            errors.Add(new("muted.types", "type_invalid", $"A type is 1 to {DraftRules.MaxType} visible ASCII characters without spaces."));
        if (topics.Length > MaxMuted || types.Length > MaxMuted) errors.Add(new("muted", "muted_too_many", $"muted takes at most {MaxMuted} topics and {MaxMuted} types."));
        if (QuietHours is { } hours && (MuteRules.Minute(hours.From ?? "") is not { } from || MuteRules.Minute(hours.To ?? "") is not { } to || from == to))
            errors.Add(new("quietHours", "quiet_hours_invalid", "quietHours has from and to, two different times such as 22:00 and 07:00."));
        if (QuietHours is { TimeZone: not "UTC" } && !TimeZoneData.IsInstalled) errors.Add(new("quietHours.timeZone", "time_zones_missing", TimeZoneData.Missing));
        else if (QuietHours is { } given && !(given.TimeZone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId))
            errors.Add(new("quietHours.timeZone", "time_zone_unknown", "timeZone is an IANA name such as Europe/Berlin."));
        if (errors.Count > 0) return (InboxPreferences.None, errors);
        return (new()
        {
            Muted = new() { Topics = topics!, Types = types! },
            QuietHours = QuietHours is { } quiet ? new(quiet.From!, quiet.To!, quiet.TimeZone!) : null,
            CriticalBreaksThrough = CriticalBreaksThrough ?? true,
        }, errors);
    }
}
