namespace NotifyDashboard.Hub;

/// <summary>The person, key or program part that performs an action, and where it acts from.</summary>
/// <param name="Name">Name of an operator or a key, or of the program part that acts.</param>
/// <param name="Address">An IP address, or another place such as <c>command line</c>, for the audit. If it is set, the audit records each action on a
/// notification. A key publishes without one, because the audit records the use of a key once an hour.</param>
public sealed record Actor(string Name, string? Address = null)
{
    /// <summary>The topics that the actor may publish to. An externalId of a notification outside them does not count as taken.</summary>
    public TopicFilter AllowedTopics { get; init; } = TopicFilter.Everything;

    /// <summary>Whether the actor may replace what others published. Otherwise a collapse key replaces only notifications that were published under the same name.</summary>
    public bool MayManage { get; init; } = true;

    /// <summary>The operator's session. An administrative action is refused after the session has ended; null: not checked.</summary>
    public string? Session { get; init; }

    /// <summary>A user of the command line on this machine.</summary>
    public static Actor CommandLine { get; } = new("command line", "command line");

    public static implicit operator Actor(string name) => new(name);
}
