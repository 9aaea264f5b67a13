using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
using NotifyDashboard.Operating;
using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Tests.Testing;

/// <summary>A hub without HTTP over a real database in a folder of its own.</summary>
internal sealed class TestHub : ITestDatabase
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDataSource _source;
    private readonly SqliteWriter _writer;
    private readonly SqliteNotificationLog _log;
    private readonly TimeProvider _time;
    private readonly ScheduleClock _clock = new();

    private TestHub(HubOptions options, TimeProvider time)
    {
        _time = time;
        MigratedDatabase.CopyTo(_folder["hub.db"]);
        _source = new SqliteDataSource(new StorageOptions { ConnectionString = "Data Source=hub.db" }, _folder.Path);
        SqliteSchema.Migrate(_source);
        _writer = new SqliteWriter(_source);
        Database = new Database(_source, _writer);
        _log = new SqliteNotificationLog(Database, _source, _writer, NullLogger<SqliteNotificationLog>.Instance);
        Log = new FaultyLog(_log);
        Hub = new NotificationHub(Log, Encoder, time, Options.Create(options), NullLogger<NotificationHub>.Instance, _clock);
    }

    public NotificationHub Hub { get; }

    public FaultyLog Log { get; }

    public Database Database { get; }

    public DeliveryStore Deliveries => new(Database);

    public IOperatorSessionStore OperatorSessions => new OperatorSessionStore(Database, _time);

    public IRecipientData Recipients => new RecipientDataStore(Database, Log, _time);

    public ScheduleStore Schedule => new(Database, Log, _clock, _time);

    public SqliteInboxStore Inboxes(InboxOptions? options = null) => new(Database, Log, _time, Options.Create(options ?? new()));

    public string File => _source.File;

    public CountingEncoder Encoder { get; } = new();

    public static async Task<TestHub> StartAsync(HubOptions? options = null, TimeProvider? time = null)
    {
        var hub = new TestHub(options ?? new HubOptions(), time ?? TimeProvider.System);
        await hub.Hub.StartAsync(TestContext.Current.CancellationToken);
        return hub;
    }

    public Task<Notification> PublishAsync(NotificationDraft draft) => Hub.PublishAsync(draft, "tester", TestContext.Current.CancellationToken);

    public Task<Notification> PublishAsync(string text, params string[] topics) => PublishAsync(Drafts.Text(text, topics));

    /// <summary>Takes out what these rules give up.</summary>
    public Task TrimAsync(RetentionOptions? rules = null) => new Retention(Hub, Log, _time, Options.Create(rules ?? new())).TrimAsync(TestContext.Current.CancellationToken);

    /// <summary>Everything published before has been offered to everyone: a work behind it on the dispatch loop has run.</summary>
    public Task DispatchedAsync() => Hub.CountReachedAsync(Drafts.Text(""));

    public IDisposable Fail() => new MovedFile(_source);

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        _log.Dispose();
        _writer.Dispose();
        _source.Dispose();
        _folder.Dispose();
    }
}
