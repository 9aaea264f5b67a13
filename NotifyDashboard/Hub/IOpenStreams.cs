using System.Security.Claims;

namespace NotifyDashboard.Hub;

/// <summary>The streams that are open on this node.</summary>
internal interface IOpenStreams
{
    /// <summary>Sends <c>hub.bye</c> on the streams of matching users and closes them.</summary>
    void CloseWhere(Func<ClaimsPrincipal, bool> predicate);
}
