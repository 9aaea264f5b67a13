using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

/// <summary>The request for a stream, read from query and headers.</summary>
/// <param name="LastEventId">A cursor, <c>earliest</c> or null. The header takes precedence, because a browser reconnects with the first URL.</param>
internal sealed record StreamRequest(TopicFilter Filter, WireForm Form, string? LastEventId)
{
    /// <summary>Maximum number of topics and patterns of one stream.</summary>
    public const int MaxTopics = 100;

    /// <summary>Whether everything that is kept is requested.</summary>
    public bool IsEarliest => LastEventId == ResumePoint.Earliest;

    /// <summary>Maximum length of the query string.</summary>
    public const int MaxQuery = 32 * 1024;

    /// <summary>Whether anyone could have sent this request: it has no credential, or a token that anyone can obtain.</summary>
    public static bool IsAnonymous(HttpContext context, Recipient? recipient) => context.User.Identity?.IsAuthenticated != true || recipient is { IsPublicAccess: true };

    /// <param name="recipient">The recipient of the request; null if there is none.</param>
    public static bool TryRead(HttpRequest request, Recipient? recipient, out StreamRequest read, out ProblemHttpResult? problem)
    {
        read = null!;
        problem = null;
        if (request.QueryString.Value is { Length: > MaxQuery })
        {
            problem = Problems.Because(StatusCodes.Status414UriTooLong, Problems.UriTooLong, "The address is too long", $"The query has more than {MaxQuery} bytes; ask for fewer topics, or for a pattern with match=.");
            return false;
        }
        var errors = new List<ValidationError>();
        string[] requested = [.. request.Query["topic"].OfType<string>()], topics = [.. requested.Where(t => t.Length > 0)];
        var patterns = new List<TopicPattern>();
        if (topics.Any(t => !Topic.IsValid(t)))
            errors.Add(DraftRules.TopicInvalid);
        foreach (var text in request.Query["match"].OfType<string>())
        {
            if (TopicPattern.TryParse(text, out var pattern)) patterns.Add(pattern);
            else errors.Add(new("match", "match_invalid", "A pattern has literals, :name for one segment, and at most one * at its end."));
        }
        if (requested.Length + patterns.Count > MaxTopics)
            errors.Add(new("topic", "topics_too_many", $"A stream takes at most {MaxTopics} topics and patterns; there are {requested.Length + patterns.Count}."));
        var envelope = request.Query["envelope"].ToString();
        if (envelope is not ("" or "0" or "1"))
            errors.Add(new("envelope", "envelope_invalid", "envelope is 0 or 1."));
        // Other event hubs accept a token in these parameters. Ignoring it would open an anonymous stream, and the token would be in the logs of every proxy.
        if (request.Query.ContainsKey("access_token") || request.Query.ContainsKey("authorization"))
            errors.Add(new("access_token", "token_in_address", "A token is never taken from an address; post it to /api/stream-tickets and open the stream with ticket=."));
        if (errors.Count > 0)
        {
            problem = Problems.Invalid(errors);
            return false;
        }
        // An empty "topic=" stands for the default topics: the recipient's inbox topics, else "broadcast".
        if (requested.Length + patterns.Count == 0 || topics.Length < requested.Length) topics = [.. topics, .. recipient?.InboxTopics ?? [Topic.Broadcast]];
        var header = request.Headers["Last-Event-ID"].ToString();
        var lastEventId = header.Length > 0 ? header : request.Query["last_event_id"].ToString();
        read = new StreamRequest(new TopicFilter(topics, patterns, granted: recipient?.Granted), envelope == "1" ? WireForm.Envelope : WireForm.Plain, lastEventId.Length > 0 ? lastEventId : null);
        return true;
    }
}
