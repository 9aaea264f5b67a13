namespace NotifyDashboard.Hub;

/// <summary>Who does something, and from where.</summary>
/// <param name="Name">An operator's or a key's name, or what acts where nobody is signed in.</param>
/// <param name="Address">An IP address, or another place of the <c>audit</c> such as <c>command line</c>. With one, what is done with notifications is
/// recorded there one by one; a key publishes without one, for its use is recorded once an hour.</param>
public sealed record Actor(string Name, string? Address = null)
{
    /// <summary>The topics that the rights reach: an external id that is taken elsewhere is free.</summary>
    public TopicFilter AllowedTopics { get; init; } = TopicFilter.Everything;

    /// <summary>Whether the rights cover what others published: without, a collapse key replaces only what was published under the same name.</summary>
    public bool MayManage { get; init; } = true;

    /// <summary>The operator's session in which an administrative act is made: it is refused once the session has ended. Null: nothing is asked.</summary>
    public string? Session { get; init; }

    /// <summary>Whoever runs a command on the machine itself.</summary>
    public static Actor CommandLine { get; } = new("command line", "command line");

    public static implicit operator Actor(string name) => new(name);
}
