using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;
using SqliteSearchFile = NotifyDashboard.Storage.Sqlite.SearchFile;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SearchIndexTests : IAsyncLifetime
{
    private readonly SqliteStore _store = new();
    private static readonly HistoryQuery Parcels = new(TopicFilter.Everything, TopicFilter.Everything, Text: "parcel");

    private readonly RebuildLogger _logger = new();
    private SqliteNotificationLog _log = null!;
    private Epochs _epochs = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string SearchFile => _store.File + "-search";

    public async ValueTask InitializeAsync() => await OpenAsync();

    [Fact]
    public async Task A_missing_index_is_made_anew()
    {
        await PublishAsync("parcel", "ferry");
        Assert.Equal(1, await FindOneAsync("parcel"));
        await RestartAsync(() => File.Delete(SearchFile));
        Assert.Equal(2, await FindOneAsync("ferry"));
        Assert.Equal(1, await FindOneAsync("parcel"));
    }

    [Theory]
    [InlineData("PRAGMA user_version = 999")]
    [InlineData("PRAGMA user_version = 1")]
    [InlineData("DROP TABLE state")]
    [InlineData("UPDATE state SET epoch = 'another1'")]
    [InlineData("UPDATE state SET through = 1000")]
    [InlineData("DELETE FROM state")]
    public async Task An_index_that_does_not_fit_is_made_anew(string change)
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        await RestartAsync(() => Execute(SearchFile, change));
        Assert.Equal(1, await FindOneAsync("parcel"));
    }

    [Fact]
    public async Task While_the_index_is_rebuilt_searches_answer_from_what_is_in_it_and_say_so()
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        _log.Dispose();
        var drafts = Enumerable.Range(0, 10_001).Select(_ => Drafts.Text("parcel"));
        await _store.Writer.AppendAsync((connection, transaction) => new SqliteAppend(_epochs).Run(connection, transaction, [new PublishChange([.. drafts], "tester")], Drafts.Noon));
        using (var other = new SqliteConnection($"Data Source={SearchFile};Pooling=False"))
        {
            other.Open();
            other.Execute("BEGIN IMMEDIATE");
            await OpenAsync();
            await Until.TrueAsync(() => _logger.HasRebuilt);
            var (found, next, isIncomplete) = await _log.ReadHistoryAsync(Parcels, Cancellation);
            Assert.Equal((1, null, true), (Assert.Single(found).Id.Sequence, next, isIncomplete));
            Assert.Equal(new(1, false), await _log.CountHistoryAsync(Parcels, Cancellation));
        }
        await _log.PurgeAsync(Cancellation);
        var whole = await _log.ReadHistoryAsync(Parcels, Cancellation);
        Assert.Equal((10_002, false), (whole.Notifications[0].Id.Sequence, whole.IsIncomplete));
    }

    [Fact]
    public async Task Two_processes_that_create_the_index_at_the_same_moment_share_one_file()
    {
        await PublishAsync("parcel");
        for (var round = 0; round < 20; round++)
        {
            await RestartAsync(() => File.Delete(SearchFile));
            using var source = new SqliteDataSource(new StorageOptions { ConnectionString = $"Data Source={_store.File}" }, "/");
            using var writer = new SqliteWriter(source);
            using var beside = new SearchIndex(source, writer, _epochs.Newest, _logger);
            await Task.WhenAll(beside.CatchUpAsync(Cancellation), _log.PurgeAsync(Cancellation));
            var last = Assert.Single(await PublishAsync("parcel"));
            Assert.Equal(last, (await FindAsync("parcel"))[0]);
        }
        Assert.Null(_logger.Failure);
    }

    [Fact]
    public async Task An_index_that_is_no_database_is_made_anew()
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        await RestartAsync(() => File.WriteAllText(SearchFile, new string('x', 5_000)));
        Assert.Equal(1, await FindOneAsync("parcel"));
    }

    [Fact]
    public async Task An_index_that_is_damaged_while_it_is_used_is_made_anew()
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        Execute(SearchFile, "DROP TABLE words_data");
        await PublishAsync("ferry");
        await Until.TrueAsync(async () => await TryFindAsync("ferry") is [2]);
        Assert.Equal(1, await FindOneAsync("parcel"));
    }

    [Fact]
    public async Task Words_of_a_future_that_a_restored_backup_took_away_are_not_found()
    {
        await PublishAsync("parcel");
        await RestartAsync(() => File.Copy(_store.File, _store.File + ".backup"));
        await PublishAsync("ferry");
        Assert.Equal(2, await FindOneAsync("ferry"));
        await RestartAsync(() => File.Copy(_store.File + ".backup", _store.File, overwrite: true));
        await PublishAsync("train");
        Assert.Empty(await FindAsync("ferry"));
        Assert.Equal(2, await FindOneAsync("train"));
        Assert.Equal(1, await FindOneAsync("parcel"));
    }

    [Fact]
    public async Task An_index_that_cannot_be_written_refuses_searches_and_holds_up_nothing_else()
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        using (var other = new SqliteConnection($"Data Source={SearchFile};Pooling=False"))
        {
            other.Open();
            other.Execute("BEGIN IMMEDIATE");
            await PublishAsync("ferry");
            await RetractAsync(1);
            await Assert.ThrowsAsync<SearchUnavailableException>(() => FindAsync("ferry"));
            Assert.Equal(2, (await _log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything), Cancellation)).Notifications.Count);
        }
        await Until.TrueAsync(async () => await TryFindAsync("ferry") is [2]);
        Assert.Empty(await FindAsync("parcel"));
    }

    [Fact]
    public async Task What_was_taken_back_while_the_index_was_not_written_leaves_its_bytes_after_a_restart()
    {
        await PublishAsync("unmistakable");
        await FindAsync("unmistakable");
        await Until.TrueAsync(() => Holds("unmistakabl", "-search"));
        // As after a crash between the two: the index never heard of it.
        _log.Dispose();
        await RetractInDatabaseAsync(1);
        await RestartAsync(() => { });
        await Until.TrueAsync(() => !Holds("unmistakabl"));
        Assert.Empty(await FindAsync("unmistakable"));
    }

    [Fact]
    public async Task Words_that_a_command_beside_the_server_has_indexed_too_leave_their_bytes()
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        using (var beside = SqliteSearchFile.Open(SearchFile, _store.File, _epochs.Newest))
        {
            await PublishAsync("unmistakable");
            await FindAsync("unmistakable");
            while (beside.Write()) { }
        }
        await RetractAsync(2);
        await _log.PurgeAsync(Cancellation);
        Assert.DoesNotContain(await WordsAsync(), word => word.StartsWith("unmistakable", StringComparison.Ordinal));
        await Until.TrueAsync(() => !Holds("unmistakabl"));
    }

    [Fact]
    public async Task After_any_history_of_changes_the_index_is_as_one_made_anew()
    {
        var random = new Random(4711);
        var words = Enumerable.Range(0, 40).Select(i => $"word{i}").ToArray();
        string Text() => string.Join(' ', random.GetItems(words, 5));
        var last = 0L;
        for (var i = 0; i < 400; i++)
        {
            switch (random.Next(10))
            {
                case < 4 or > 8:
                    last = (await PublishAsync([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Text())])).Max();
                    break;
                case 4 when last > 0:
                    await AppendAsync(new UpdateChange(_epochs.At(random.NextInt64(last) + 1), "editor", stored => stored with { Title = Text() }));
                    break;
                case 5 when last > 0:
                    await RetractAsync(random.NextInt64(last) + 1);
                    break;
                case 6 when last > 0:
                    await _log.TrimAsync([random.NextInt64(last) + 1]);
                    break;
                case 7:
                    last = (await AppendAsync(new PublishChange([Drafts.Text(Text()) with { CollapseKey = $"{random.Next(3)}" }], "tester")))[0].Notifications[0].Id.Sequence;
                    break;
                case 8 when random.Next(4) == 0:
                    await FindAsync("word1");
                    break;
            }
        }
        var (written, head) = (await WordsAsync(), last);
        await RestartAsync(() => File.Delete(SearchFile));
        var anew = await WordsAsync();
        Assert.NotEmpty(anew);
        Assert.Equal(anew, written);
        Assert.True(head > 300);
    }

    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task OpenAsync()
    {
        _log = new SqliteNotificationLog(_store.Source, _store.Writer, _logger);
        _epochs = (await _log.OpenAsync(Cancellation)).Epochs;
    }

    private async Task RestartAsync(Action between)
    {
        _log.Dispose();
        _store.Restart(between);
        await OpenAsync();
    }

    private async Task<long[]> PublishAsync(params string[] texts) =>
        [.. (await AppendAsync(new PublishChange([.. texts.Select(text => Drafts.Text(text))], "tester")))[0].Notifications.Select(n => n.Id.Sequence)];

    private Task<IReadOnlyList<LogOutcome>> RetractAsync(long sequence) => AppendAsync(new RetractChange(_epochs.At(sequence), "owner"));

    private Task<IReadOnlyList<LogOutcome>> AppendAsync(LogChange change) => _log.AppendAsync([change], Drafts.Noon);

    private Task<List<LogOutcome>> RetractInDatabaseAsync(long sequence) => _store.Writer.AppendAsync((connection, transaction) =>
        new SqliteAppend(_epochs).Run(connection, transaction, [new RetractChange(_epochs.At(sequence), "owner")], Drafts.Noon));

    private async Task<long[]> FindAsync(string text) =>
        [.. (await _log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything, Text: text, Limit: 500), Cancellation)).Notifications.Select(n => n.Id.Sequence)];

    private async Task<long> FindOneAsync(string text) => Assert.Single(await FindAsync(text));

    private async Task<long[]?> TryFindAsync(string text)
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

    /// <summary>Every word with its places, once nothing is left to be taken out.</summary>
    private async Task<List<string>> WordsAsync()
    {
        await FindAsync("word1");
        using var connection = new SqliteConnection($"Data Source={SearchFile};Pooling=False");
        connection.Open();
        connection.Execute("CREATE VIRTUAL TABLE temp.places USING fts5vocab(main, words, 'instance')");
        using (var database = _store.Source.OpenConnection()) Assert.Equal(0, database.ExecuteScalar<long>("SELECT count(*) FROM search_leftovers"));
        return [.. connection.Query<(string Term, long Doc, string Col, long Offset)>("SELECT term, doc, col, \"offset\" FROM temp.places").Select(p => $"{p.Term} {p.Doc} {p.Col} {p.Offset}")];
    }

    private bool Holds(string text, string inNamed = "") => Directory.EnumerateFiles(Path.GetDirectoryName(_store.File)!, $"*{inNamed}*").Any(file => FileBytes.Hold(file, text));

    private static void Execute(string file, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        connection.Execute(statement);
    }

    /// <summary>Knows whether a rebuild has begun, and whether the index could not be written.</summary>
    private sealed class RebuildLogger : ILogger<SqliteNotificationLog>
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
