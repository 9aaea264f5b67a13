using System.Security.Claims;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Testing;

/// <summary>Open streams that a test makes up: those of a hub without HTTP.</summary>
internal sealed class FakeStreams : IOpenStreams
{
    public int Count => Census.Open.Streams;

    public long Delivered { get; set; }

    public StreamCensus Census { get; set; }

    public void CloseWhere(Func<ClaimsPrincipal, bool> predicate)
    {
    }
}
