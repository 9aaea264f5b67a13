using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SearchIndexRebuildTests : SearchIndexTest
{
    private static readonly HistoryQuery Parcels = new(TopicFilter.Everything, TopicFilter.Everything, Text: "parcel");

    [Fact]
    public async Task Missing_index_is_rebuilt()
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
    public async Task Index_of_another_version_or_database_is_rebuilt(string change)
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        await RestartAsync(() => Execute(SearchFile, change));
        Assert.Equal(1, await FindOneAsync("parcel"));
    }

    [Fact]
    public async Task File_that_is_no_database_is_replaced_by_a_rebuilt_index()
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        await RestartAsync(() => File.WriteAllText(SearchFile, new string('x', 5_000)));
        Assert.Equal(1, await FindOneAsync("parcel"));
    }

    [Fact]
    public async Task Index_damaged_while_it_is_used_is_rebuilt()
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        Execute(SearchFile, "DROP TABLE words_data");
        await PublishAsync("ferry");
        await Eventually.TrueAsync(async () => await TryFindAsync("ferry") is [2]);
        Assert.Equal(1, await FindOneAsync("parcel"));
    }

    [Fact]
    public async Task Search_during_a_rebuild_finds_what_is_indexed_and_reports_that_it_is_incomplete()
    {
        await PublishAsync("parcel");
        await FindAsync("parcel");
        Log.Dispose();
        var drafts = Enumerable.Range(0, 10_001).Select(_ => Drafts.Text("parcel"));
        await Store.Writer.AppendAsync((connection, transaction) => new SqliteAppend(Epochs).Run(connection, transaction, [new PublishChange([.. drafts], "tester")], Drafts.Noon));
        using (var other = new SqliteConnection($"Data Source={SearchFile};Pooling=False"))
        {
            other.Open();
            other.Execute("BEGIN IMMEDIATE");
            await OpenAsync();
            await Eventually.TrueAsync(() => Logger.HasRebuilt);
            var (found, next, isIncomplete) = await Log.ReadHistoryAsync(Parcels, Cancellation);
            Assert.Equal((1, null, true), (Assert.Single(found).Id.Sequence, next, isIncomplete));
            Assert.Equal(new(1, false), await Log.CountHistoryAsync(Parcels, Cancellation));
        }
        await Log.PurgeAsync(Cancellation);
        var whole = await Log.ReadHistoryAsync(Parcels, Cancellation);
        Assert.Equal((10_002, false), (whole.Notifications[0].Id.Sequence, whole.IsIncomplete));
    }

    [Fact]
    public async Task Words_published_after_the_backup_are_not_found_once_it_is_restored()
    {
        await PublishAsync("parcel");
        await RestartAsync(() => File.Copy(Store.File, Store.File + ".backup"));
        await PublishAsync("ferry");
        Assert.Equal(2, await FindOneAsync("ferry"));
        await RestartAsync(() => File.Copy(Store.File + ".backup", Store.File, overwrite: true));
        await PublishAsync("train");
        Assert.Empty(await FindAsync("ferry"));
        Assert.Equal(2, await FindOneAsync("train"));
        Assert.Equal(1, await FindOneAsync("parcel"));
    }

    private static void Execute(string file, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        connection.Execute(statement);
    }
}
