using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SqliteWriterTests : IDisposable
{
    private readonly SqliteStore _store = new();

    public SqliteWriterTests()
    {
        using var connection = _store.Source.OpenConnection();
        connection.Execute("CREATE TABLE works (name TEXT NOT NULL)");
    }

    [Fact]
    public async Task Pending_append_runs_before_waiting_writes_and_a_second_append_is_refused()
    {
        using var may = new ManualResetEventSlim();
        var order = new List<string>();
        var first = _store.Writer.WriteAsync((_, _) =>
        {
            may.Wait(TestContext.Current.CancellationToken);
            return 0;
        });
        var waiting = new List<Task<int>> { Work("mark 1"), Work("mark 2"), Append("append") };
        await Assert.ThrowsAsync<InvalidOperationException>(() => Append("append 2"));
        may.Set();
        await first;
        await Task.WhenAll(waiting);
        Assert.Equal(["append", "mark 1", "mark 2"], order);

        Task<int> Work(string name) => _store.Writer.WriteAsync((_, _) => Note(name));
        Task<int> Append(string name) => _store.Writer.AppendAsync((_, _) => Note(name));
        int Note(string name)
        {
            order.Add(name);
            return 0;
        }
    }

    [Fact]
    public async Task Exception_rolls_back_reaches_the_caller_and_does_not_stop_the_writer()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.Writer.WriteAsync<int>((connection, transaction) =>
        {
            connection.Execute("INSERT INTO works VALUES ('lost')", transaction: transaction);
            throw new InvalidOperationException("the work's own error");
        }));
        await Assert.ThrowsAsync<SqliteException>(() => Insert("NULL"));
        await Insert("'kept'");
        Assert.Equal(["kept"], Works());
    }

    [Fact]
    public async Task Write_ahead_file_stays_small_while_the_writer_never_pauses()
    {
        const int bytes = 1_000_000;
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => _store.Writer.WriteAsync((connection, transaction) =>
            connection.Execute($"INSERT INTO works VALUES (hex(zeroblob({bytes / 2}))); DELETE FROM works", transaction: transaction))));
        Assert.InRange(new FileInfo(_store.Source.File + "-wal").Length, bytes, 40 * bytes);
    }

    [Fact]
    public async Task Dispose_finishes_accepted_writes_and_refuses_new_ones()
    {
        var accepted = Enumerable.Range(0, 20).Select(i => Insert($"'{i}'")).ToArray();
        _store.Writer.Dispose();
        Assert.All(accepted, task => Assert.True(task.IsCompleted));
        await Task.WhenAll(accepted);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Insert("'late'"));
        Assert.Equal(20, Works().Count);
        _store.Writer.Dispose();
    }

    [Fact]
    public async Task Continuations_do_not_run_on_the_writers_thread()
    {
        var writer = await _store.Writer.WriteAsync((_, _) => Environment.CurrentManagedThreadId);
        Assert.NotEqual(writer, Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void Every_connection_uses_synchronous_full_WAL_and_foreign_keys()
    {
        using var connection = _store.Source.OpenConnection();
        Assert.Equal(2, connection.ExecuteScalar<int>("PRAGMA synchronous"));
        Assert.Equal("wal", connection.ExecuteScalar<string>("PRAGMA journal_mode"));
        Assert.Equal(1, connection.ExecuteScalar<int>("PRAGMA foreign_keys"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    public async Task Reads_and_writes_fail_while_a_file_of_the_database_is_moved_and_none_is_created(string suffix)
    {
        if (OperatingSystem.IsWindows()) return;
        var file = _store.File + suffix;
        await Insert("'before'");
        File.Move(file, file + ".away");
        var error = await Assert.ThrowsAsync<SqliteException>(() => Insert("'refused'"));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Throws<SqliteException>(Works);
        Assert.False(File.Exists(file));
        File.Copy(file + ".away", file);
        await Assert.ThrowsAsync<SqliteException>(() => Insert("'refused'"));
        File.Move(file + ".away", file, overwrite: true);
        await Insert("'after'");
        Assert.Equal(["before", "after"], Works());
    }

    [Fact]
    public async Task Writes_behind_one_that_timed_out_on_a_lock_fail_within_a_second_each()
    {
        var watch = Stopwatch.StartNew();
        using (var other = new SqliteConnection($"Data Source={_store.File};Pooling=False"))
        {
            other.Open();
            using var locked = other.BeginTransaction();
            Task<int>[] waiting = [Insert("'refused'"), Insert("'refused'"), Insert("'refused'")];
            foreach (var refused in waiting) Assert.Equal(5, (await Assert.ThrowsAsync<SqliteException>(() => refused)).SqliteErrorCode);
            Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(SqliteDataSource.LockTimeout), TimeSpan.FromSeconds(SqliteDataSource.LockTimeout + 4));
        }
        await Insert("'after'");
        Assert.Equal(["after"], Works());
    }

    [Fact]
    public async Task Write_to_a_full_store_fails_and_succeeds_again_once_there_is_room()
    {
        var pages = await _store.Writer.WriteAsync((connection, _) => connection.ExecuteScalar<long>("PRAGMA page_count"));
        await LimitAsync(pages);
        var error = await Assert.ThrowsAsync<SqliteException>(() => Insert("zeroblob(100000)"));
        Assert.Equal(13, error.SqliteErrorCode);
        await LimitAsync(100_000);
        await Insert("'after'");
        Assert.Equal(["after"], Works());

        Task<long> LimitAsync(long most) => _store.Writer.WriteAsync((connection, _) => connection.ExecuteScalar<long>($"PRAGMA max_page_count={most}"));
    }

    public void Dispose() => _store.Dispose();

    private Task<int> Insert(string value) =>
        _store.Writer.WriteAsync((connection, transaction) => connection.Execute($"INSERT INTO works VALUES ({value})", transaction: transaction));

    private List<string> Works()
    {
        using var connection = _store.Source.OpenConnection();
        return [.. connection.Query<string>("SELECT name FROM works")];
    }
}
