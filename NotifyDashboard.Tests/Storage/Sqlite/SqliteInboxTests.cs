using NotifyDashboard.Inbox;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SqliteInboxTests : InboxStoreContract
{
    private protected override IInboxStore Open(TestHub hub, TimeProvider time, InboxOptions options) => hub.Inboxes(options);
}
