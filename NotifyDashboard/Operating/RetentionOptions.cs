using Microsoft.Extensions.Options;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>How long notifications are kept. Configuration section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Notifications older than this are trimmed, unless a rule in <see cref="Topics"/> applies to them. Null: no limit.</summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>Only this number of the newest notifications is kept, over all topics. Null: no limit.</summary>
    public long? MaxCount { get; set; }

    /// <summary>Rules for topics. The first rule that matches any topic of a notification applies to it.</summary>
    public IList<TopicRetention> Topics { get; } = [];
}

/// <summary>A retention rule for the topics that match a pattern.</summary>
public sealed class TopicRetention
{
    /// <summary>A topic, or a pattern as in <c>match=</c>.</summary>
    public string Match { get; set; } = "";

    /// <summary>Notifications older than this are trimmed. Null: no limit; the general <see cref="RetentionOptions.MaxAge"/> does not apply either.</summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>Only this number of the newest notifications is kept on each topic that matches. Null: no limit.</summary>
    public long? MaxCount { get; set; }
}

internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    private static readonly TimeSpan MinAge = TimeSpan.FromMinutes(1);

    // Subtracting a longer TimeSpan from the current time could leave the range of dates.
    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(36_500);

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var errors = FindErrors("", options.MaxAge, options.MaxCount).ToList();
        foreach (var (i, rule) in options.Topics.Index())
        {
            var key = $"Topics:{i}:";
            if (!TopicPattern.TryParse(rule.Match, out _)) errors.Add($"{RetentionOptions.Section}:{key}Match is \"{rule.Match}\"; give a topic or a pattern such as \"orders/*\".");
            else if (rule is { MaxAge: null, MaxCount: null }) errors.Add($"{RetentionOptions.Section}:{key}MaxAge and MaxCount are both missing; give one of them.");
            errors.AddRange(FindErrors(key, rule.MaxAge, rule.MaxCount));
        }
        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> FindErrors(string key, TimeSpan? age, long? count)
    {
        if (age < MinAge || age > LongestAge) yield return $"{RetentionOptions.Section}:{key}MaxAge must be {MinAge:c} to {LongestAge:c}, such as 30.00:00:00 for 30 days.";
        if (count < 1) yield return $"{RetentionOptions.Section}:{key}MaxCount must be 1 or more.";
    }
}
