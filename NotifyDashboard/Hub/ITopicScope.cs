using System.Security.Claims;

namespace NotifyDashboard.Hub;

/// <summary>Decides which topics a user may use. The authorization policies decide what the user may do with them.</summary>
public interface ITopicScope
{
    /// <summary>The topics that a user may use, private notifications included; none for an unknown user.</summary>
    TopicFilter Of(ClaimsPrincipal user);
}
