using System.Security.Claims;

namespace NotifyDashboard.Hub;

/// <summary>Which topics somebody's rights reach. What they may do there is for the authorization policies.</summary>
public interface ITopicScope
{
    /// <summary>The topics of a signed-in user, private notifications included; nothing for anybody else.</summary>
    TopicFilter Of(ClaimsPrincipal user);
}
