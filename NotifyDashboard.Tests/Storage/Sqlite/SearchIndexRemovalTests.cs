using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;
using SqliteSearchFile = NotifyDashboard.Storage.Sqlite.SearchFile;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SearchIndexRemovalTests : SearchIndexTest
{
    [Fact]
    public async Task Words_retracted_while_the_index_did_not_run_leave_all_files_after_the_next_start()
    {
        await PublishAsync("unmistakable");
        await FindAsync("unmistakable");
        await Eventually.TrueAsync(() => Holds("unmistakabl", "-search"));
        // As after a crash before the index ran.
        Log.Dispose();
        await RetractInDatabaseAsync(1);
        await RestartAsync(() => { });
        await Eventually.TrueAsync(() => !Holds("unmistakabl"));
        Assert.Empty(await FindAsync("unmistakable"));
    }

    [Fact]
    public async Task Words_that_a_second_process_indexed_too_leave_all_files_when_they_are_retracted()
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        using (var beside = SqliteSearchFile.Open(SearchFile, Store.File, Epochs.Current))
        {
            await PublishAsync("unmistakable");
            await FindAsync("unmistakable");
            while (beside.Write()) { }
        }
        await RetractAsync(2);
        await Log.PurgeAsync(Cancellation);
        Assert.DoesNotContain(await WordsAsync(), word => word.StartsWith("unmistakable", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => !Holds("unmistakabl"));
    }

    [Fact]
    public async Task Removal_that_another_process_has_carried_out_is_confirmed_and_not_carried_out_again()
    {
        await PublishAsync("unmistakable");
        await FindAsync("unmistakable");
        var epoch = Epochs.Current;
        Log.Dispose();
        await RetractInDatabaseAsync(1);
        using var first = SqliteSearchFile.Open(SearchFile, Store.File, epoch);
        using var second = SqliteSearchFile.Open(SearchFile, Store.File, epoch);
        Assert.Empty(first.ReadRemoved());
        second.Write();
        Assert.True(first.Write());
        Assert.Equal(1, Assert.Single(first.ReadRemoved()).Sequence);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Index_after_random_changes_equals_a_rebuilt_index(bool isSharedWithAnotherProcess)
    {
        using var ended = new CancellationTokenSource();
        var another = isSharedWithAnotherProcess ? Task.Run(() => IndexUntil(ended.Token), Cancellation) : Task.CompletedTask;
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
                    await AppendAsync(new UpdateChange(Epochs.CursorOf(random.NextInt64(last) + 1), "editor", stored => stored with { Title = Text() }));
                    break;
                case 5 when last > 0:
                    await RetractAsync(random.NextInt64(last) + 1);
                    break;
                case 6 when last > 0:
                    await Log.TrimAsync([random.NextInt64(last) + 1]);
                    break;
                case 7:
                    last = (await AppendAsync(new PublishChange([Drafts.Text(Text()) with { CollapseKey = $"{random.Next(3)}" }], "tester")))[0].Notifications[0].Id.Sequence;
                    break;
                case 8 when random.Next(4) == 0:
                    await FindAsync("word1");
                    break;
            }
        }
        await ended.CancelAsync();
        await another;
        Assert.Null(Logger.Failure);
        var (written, head) = (await WordsAsync(), last);
        await RestartAsync(() => File.Delete(SearchFile));
        var rebuilt = await WordsAsync();
        Assert.NotEmpty(rebuilt);
        Assert.Equal(rebuilt, written);
        Assert.True(head > 300);
    }

    private void IndexUntil(CancellationToken ended)
    {
        using var indexer = new SearchIndexer(Store.Source, Store.Writer, Epochs.Current);
        indexer.Open();
        while (!ended.IsCancellationRequested) indexer.Step();
    }

    private Task<List<LogOutcome>> RetractInDatabaseAsync(long sequence) => Store.Writer.AppendAsync((connection, transaction) =>
        new SqliteAppend(Epochs).Run(connection, transaction, [new RetractChange(Epochs.CursorOf(sequence), "owner")], Drafts.Noon));

    /// <summary>Every word with its places, once no removal is pending.</summary>
    private async Task<List<string>> WordsAsync()
    {
        await FindAsync("word1");
        using var connection = new SqliteConnection($"Data Source={SearchFile};Pooling=False");
        connection.Open();
        connection.Execute("CREATE VIRTUAL TABLE temp.places USING fts5vocab(main, words, 'instance')");
        using (var database = Store.Source.OpenConnection()) Assert.Equal(0, database.ExecuteScalar<long>("SELECT count(*) FROM search_leftovers"));
        return [.. connection.Query<(string Term, long Doc, string Col, long Offset)>("SELECT term, doc, col, \"offset\" FROM temp.places").Select(p => $"{p.Term} {p.Doc} {p.Col} {p.Offset}")];
    }

    private bool Holds(string text, string inNamed = "") => Directory.EnumerateFiles(Path.GetDirectoryName(Store.File)!, $"*{inNamed}*").Any(file => FileBytes.Hold(file, text));
}
