using Microsoft.Extensions.Logging;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

/// <summary>A log with its search index over a database of its own, for tests of the index.</summary>
public abstract class SearchIndexTest : IAsyncLifetime
{
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected SqliteStore Store { get; } = new();

    private protected IndexLogger Logger { get; } = new();

    private protected SqliteNotificationLog Log { get; private set; } = null!;

    private protected Epochs Epochs { get; private set; } = null!;

    private protected string SearchFile => Store.File + "-search";

    public async ValueTask InitializeAsync() => await OpenAsync();

    public ValueTask DisposeAsync()
    {
        Log.Dispose();
        Store.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected async Task OpenAsync()
    {
        Log = new SqliteNotificationLog(Store.Database, Store.Source, Store.Writer, Logger);
        Epochs = (await Log.OpenAsync(Cancellation)).Epochs;
    }

    private protected async Task RestartAsync(Action between)
    {
        Log.Dispose();
        Store.Restart(between);
        await OpenAsync();
    }

    private protected async Task<long[]> PublishAsync(params string[] texts) =>
        [.. (await AppendAsync(new PublishChange([.. texts.Select(text => Drafts.Text(text))], "tester")))[0].Notifications.Select(n => n.Id.Sequence)];

    private protected Task<IReadOnlyList<LogOutcome>> RetractAsync(long sequence) => AppendAsync(new RetractChange(Epochs.CursorOf(sequence), "owner"));

    private protected Task<IReadOnlyList<LogOutcome>> AppendAsync(LogChange change) => Log.AppendAsync([change], Drafts.Noon);

    private protected async Task<long[]> FindAsync(string text) =>
        [.. (await Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, Text: text, Limit: 500), Cancellation)).Notifications.Select(n => n.Id.Sequence)];

    private protected async Task<long> FindOneAsync(string text) => Assert.Single(await FindAsync(text));

    private protected async Task<long[]?> TryFindAsync(string text)
    {
        try
        {
            return await FindAsync(text);
        }
        catch (SearchUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Knows whether a rebuild has begun, and whether the index could not be written.</summary>
    private protected sealed class IndexLogger : ILogger<SqliteNotificationLog>
    {
        private const int Indexing = 5000, NotIndexed = 5001;

        private volatile bool _hasRebuilt;

        public bool HasRebuilt => _hasRebuilt;

        /// <summary>The first exception that stopped the index.</summary>
        public string? Failure { get; private set; }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            _hasRebuilt |= eventId.Id == Indexing;
            if (eventId.Id == NotIndexed) Failure ??= $"{exception}";
        }
    }
}
