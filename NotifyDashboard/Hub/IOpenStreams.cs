using System.Security.Claims;

namespace NotifyDashboard.Hub;

/// <summary>The streams that are open on this node.</summary>
internal interface IOpenStreams
{
    /// <summary>Says goodbye to the streams of certain users and ends them.</summary>
    void Stop(Func<ClaimsPrincipal, bool> includes);
}
