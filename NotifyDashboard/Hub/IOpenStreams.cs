using System.Security.Claims;

namespace NotifyDashboard.Hub;

/// <summary>The streams that are open on this node.</summary>
internal interface IOpenStreams
{
    /// <summary>Their number.</summary>
    int Count { get; }

    /// <summary>Live notifications that were written to them since the start, once for each stream.</summary>
    long Delivered { get; }

    /// <summary>Counts them, their people and their tabs. Looks at each stream: at most once a second, whoever asks.</summary>
    StreamCensus Census { get; }

    /// <summary>Sends <c>hub.bye</c> on the streams of matching users and closes them.</summary>
    void CloseWhere(Func<ClaimsPrincipal, bool> predicate);
}

/// <summary>The open streams at a moment.</summary>
/// <param name="Open">All of them.</param>
/// <param name="Lagging">Streams whose peer has accepted nothing for some seconds.</param>
internal readonly record struct StreamCensus(Reach Open, int Lagging);
