using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;

namespace NotifyDashboard.Tests.Testing;

/// <summary>The counts alone.</summary>
internal static class Counting
{
    public static async Task<InboxCounts> CountAsync(this IInboxStore store, Recipient recipient, CancellationToken cancellation) => (await store.ReadStateAsync(recipient, cancellation)).Counts;
}
