using System.Security.Claims;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>The topics that a publisher may use: an operator every topic, a key the topics that its patterns match.</summary>
internal sealed class PublisherTopicScope : ITopicScope
{
    public TopicFilter Of(ClaimsPrincipal user) => Publisher.From(user) is { } publisher
        ? new TopicFilter([], Patterns(publisher), includePrivate: true)
        : TopicFilter.Nothing;

    // A pattern that cannot be parsed grants nothing.
    private static IEnumerable<TopicPattern> Patterns(Publisher publisher)
    {
        foreach (var text in publisher.TopicPatterns)
        {
            if (TopicPattern.TryParse(text, out var pattern)) yield return pattern;
        }
    }
}
