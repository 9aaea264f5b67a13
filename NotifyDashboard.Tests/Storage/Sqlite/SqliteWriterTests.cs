using Dapper;
using Microsoft.Data.Sqlite;
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
    public async Task Appends_go_before_other_works_that_wait()
    {
        using var may = new ManualResetEventSlim();
        var order = new List<string>();
        var first = _store.Writer.WriteAsync((_, _) =>
        {
            may.Wait(TestContext.Current.CancellationToken);
            return 0;
        });
        var waiting = new List<Task<int>> { Work("mark 1"), Work("mark 2"), Append("append 1"), Append("append 2") };
        may.Set();
        await first;
        await Task.WhenAll(waiting);
        Assert.Equal(["append 1", "append 2", "mark 1", "mark 2"], order);

        Task<int> Work(string name) => _store.Writer.WriteAsync((_, _) => Note(name));
        Task<int> Append(string name) => _store.Writer.AppendAsync((_, _) => Note(name));
        int Note(string name)
        {
            order.Add(name);
            return 0;
        }
    }

    [Fact]
    public async Task An_exception_rolls_back_reaches_the_caller_and_stops_nobody()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.Writer.WriteAsync<int>((connection, transaction) =>
        {
            connection.Execute("INSERT INTO works VALUES ('lost')", transaction: transaction);
            throw new InvalidOperationException("the work's own fault");
        }));
        await Assert.ThrowsAsync<SqliteException>(() => Insert("NULL"));
        await Insert("'kept'");
        Assert.Equal(["kept"], Works());
    }

    [Fact]
    public async Task Dispose_finishes_what_was_accepted_and_takes_no_more()
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
    public void Every_connection_waits_for_the_disk()
    {
        using var connection = _store.Source.OpenConnection();
        Assert.Equal(2, connection.ExecuteScalar<int>("PRAGMA synchronous"));
        Assert.Equal("wal", connection.ExecuteScalar<string>("PRAGMA journal_mode"));
        Assert.Equal(1, connection.ExecuteScalar<int>("PRAGMA foreign_keys"));
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
