using Microsoft.Extensions.Options;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>
/// Trims the log: notifications that were published with a limited lifetime, and those that the rules of <see cref="RetentionOptions"/> do not keep.
/// Candidates are read on reading connections; only the deletion blocks the writer, in small steps.
/// </summary>
internal sealed class Retention
{
    // One step blocks the writer for about 10 ms (`bench retention`).
    private const int Step = 50;

    // Candidates per query: finding the end of the range costs more than reading the rows.
    private const int Found = 1_000;

    private const int TopicsAtOnce = 1_000;

    private readonly NotificationHub _hub;
    private readonly INotificationLog _log;
    private readonly TimeProvider _time;
    private readonly Rule[] _rules;
    private readonly long? _maxCount;

    public Retention(NotificationHub hub, INotificationLog log, TimeProvider time, IOptions<RetentionOptions> options)
    {
        (_hub, _log, _time, _maxCount) = (hub, log, time, options.Value.MaxCount);
        _rules = [.. options.Value.Topics.Select(rule => new Rule(Pattern(rule.Match), rule.MaxAge, rule.MaxCount)), new Rule(TopicPattern.Any, options.Value.MaxAge, null)];
    }

    /// <summary>Trims everything that is due now.</summary>
    /// <exception cref="StoreUnavailableException">The rest is trimmed by the next call.</exception>
    public async Task TrimAsync(CancellationToken cancellation)
    {
        await TrimAsync(new TrimQuery(RetainUntil: _time.GetUtcNow()), _ => true, cancellation);
        foreach (var rule in _rules.Where(rule => rule.MaxAge is not null))
        {
            var query = new TrimQuery(PublishedBefore: _time.GetUtcNow() - rule.MaxAge!.Value, After: rule.LookedAt);
            rule.LookedAt = await TrimAsync(query, candidate => RuleOf(candidate) == rule, cancellation);
        }
        foreach (var rule in _rules.Where(rule => rule.MaxCount is not null))
        {
            await foreach (var topic in TopicsAsync(rule.Pattern, cancellation))
            {
                // If an earlier rule matches the topic, that rule alone applies to it.
                if (_rules.First(first => first.Pattern.Matches(topic)) == rule) await TrimAsync(new TrimQuery(Newest: rule.MaxCount, Topic: topic), candidate => RuleOf(candidate) == rule, cancellation);
            }
        }
        if (_maxCount is not null) await TrimAsync(new TrimQuery(Newest: _maxCount), _ => true, cancellation);
    }

    /// <returns>The sequence up to which all candidates were examined.</returns>
    private async Task<long> TrimAsync(TrimQuery query, Func<TrimCandidate, bool> isDue, CancellationToken cancellation)
    {
        var next = query with { Limit = Found };
        while (true)
        {
            var found = await _log.FindTrimmableAsync(next, cancellation);
            long[] due = [.. found.Where(isDue).Select(candidate => candidate.Sequence)];
            foreach (var step in due.Chunk(Step))
            {
                cancellation.ThrowIfCancellationRequested();
                await _hub.TrimAsync(step);
            }
            if (found.Count == 0) return next.After;
            // Continues after the candidates that stay: another rule applies to them.
            next = next with { After = found.Max(candidate => candidate.Sequence) };
            if (found.Count < Found) return next.After;
        }
    }

    private Rule RuleOf(TrimCandidate candidate) => _rules.First(rule => candidate.Topics.Any(rule.Pattern.Matches));

    private async IAsyncEnumerable<string> TopicsAsync(TopicPattern pattern, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (string? after = null; ;)
        {
            var found = await _log.ReadTopicsAsync(pattern.Prefix, TopicsAtOnce, cancellation, after);
            foreach (var topic in found.Where(pattern.Matches)) yield return topic;
            if (found.Count < TopicsAtOnce) yield break;
            after = found[^1];
        }
    }

    private static TopicPattern Pattern(string text) => TopicPattern.TryParse(text, out var pattern) ? pattern : throw new ArgumentException($"\"{text}\" is no pattern.", nameof(text));

    private sealed record Rule(TopicPattern Pattern, TimeSpan? MaxAge, long? MaxCount)
    {
        /// <summary>The age limit of this rule needs no check up to this sequence.</summary>
        public long LookedAt { get; set; }
    }
}
