using System.Security.Claims;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>An operator reaches every topic, a key those of its patterns.</summary>
internal sealed class PublisherTopicScope : ITopicScope
{
    public TopicFilter Of(ClaimsPrincipal user) => Publisher.From(user) is { } publisher
        ? new TopicFilter([], Patterns(publisher), includePrivate: true)
        : TopicFilter.Nothing;

    // A pattern that cannot be read grants nothing.
    private static IEnumerable<TopicPattern> Patterns(Publisher publisher)
    {
        foreach (var text in publisher.TopicPatterns)
        {
            if (TopicPattern.TryParse(text, out var pattern)) yield return pattern;
        }
    }
}
