using Microsoft.Extensions.Options;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

/// <summary>
/// Takes out of the log what is not to be kept: what was published for a time only, and what the rules of <see cref="RetentionOptions"/> give up.
/// What is due is found on reading connections; only taking it out holds up the writer, a small step at a time.
/// </summary>
internal sealed class Retention
{
    // About 10 ms of the writer each (`bench retention`).
    private const int Step = 50;

    // Of one reading: to find where it has to end costs more than to read.
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

    /// <exception cref="StoreUnavailableException">What is left is at the next call.</exception>
    public async Task TrimAsync(CancellationToken cancellation)
    {
        await TrimAsync(new TrimQuery(KeptUntil: _time.GetUtcNow()), _ => true, cancellation);
        foreach (var rule in _rules.Where(rule => rule.MaxAge is not null))
        {
            var query = new TrimQuery(PublishedBefore: _time.GetUtcNow() - rule.MaxAge!.Value, After: rule.LookedAt);
            rule.LookedAt = await TrimAsync(query, candidate => RuleOf(candidate) == rule, cancellation);
        }
        foreach (var rule in _rules.Where(rule => rule.MaxCount is not null))
        {
            await foreach (var topic in TopicsAsync(rule.Pattern, cancellation))
            {
                // Where an earlier rule matches the topic, it speaks for all of it.
                if (_rules.First(first => first.Pattern.Matches(topic)) == rule) await TrimAsync(new TrimQuery(Newest: rule.MaxCount, Topic: topic), candidate => RuleOf(candidate) == rule, cancellation);
            }
        }
        if (_maxCount is not null) await TrimAsync(new TrimQuery(Newest: _maxCount), _ => true, cancellation);
    }

    /// <returns>The sequence up to which everything was looked at.</returns>
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
            // What stays is not looked at again: it is another rule's.
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
        /// <summary>Everything of this rule up to this sequence is gone already.</summary>
        public long LookedAt { get; set; }
    }
}
