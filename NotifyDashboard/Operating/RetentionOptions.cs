using Microsoft.Extensions.Options;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>How long notifications are kept. Configuration section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Notifications older than this are trimmed, unless a rule of <see cref="Topics"/> speaks for them. Null: none.</summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>So many of the newest are kept, of all topics together. Null: all.</summary>
    public long? MaxCount { get; set; }

    /// <summary>Rules for some topics.</summary>
    public IList<TopicRetention> Topics { get; } = [];
}

/// <summary>A rule for the topics that match a pattern. Of several the first that matches any topic of a notification speaks for it.</summary>
public sealed class TopicRetention
{
    /// <summary>A topic, or a pattern as in <c>match=</c>.</summary>
    public string Match { get; set; } = "";

    /// <inheritdoc cref="RetentionOptions.MaxAge"/>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>So many of the newest are kept on each topic that matches. Null: all.</summary>
    public long? MaxCount { get; set; }
}

internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    private static readonly TimeSpan MinAge = TimeSpan.FromMinutes(1);

    // Now less the longest TimeSpan is no date any more.
    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(36_500);

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var faults = Faults("", options.MaxAge, options.MaxCount).ToList();
        foreach (var (i, rule) in options.Topics.Index())
        {
            var key = $"Topics:{i}:";
            if (!TopicPattern.TryParse(rule.Match, out _)) faults.Add($"{RetentionOptions.Section}:{key}Match is \"{rule.Match}\"; give a topic or a pattern such as \"orders/*\".");
            else if (rule is { MaxAge: null, MaxCount: null }) faults.Add($"{RetentionOptions.Section}:{key}MaxAge and MaxCount are both missing; give one of them.");
            faults.AddRange(Faults(key, rule.MaxAge, rule.MaxCount));
        }
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Faults(string key, TimeSpan? age, long? count)
    {
        if (age < MinAge || age > LongestAge) yield return $"{RetentionOptions.Section}:{key}MaxAge must be {MinAge:c} to {LongestAge:c}, such as 30.00:00:00 for 30 days.";
        if (count < 1) yield return $"{RetentionOptions.Section}:{key}MaxCount must be 1 or more.";
    }
}
