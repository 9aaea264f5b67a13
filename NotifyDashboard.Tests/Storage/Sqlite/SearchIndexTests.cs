using Dapper;
using Microsoft.Data.Sqlite;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class SearchIndexTests : SearchIndexTest
{
    [Fact]
    public async Task Two_processes_that_create_the_index_at_the_same_moment_share_one_file()
    {
        await PublishAsync("parcel");
        for (var round = 0; round < 20; round++)
        {
            await RestartAsync(() => File.Delete(SearchFile));
            using var source = new SqliteDataSource(new StorageOptions { ConnectionString = $"Data Source={Store.File}" }, "/");
            using var writer = new SqliteWriter(source);
            using var beside = new SearchIndex(source, writer, Epochs.Current, Logger);
            await Task.WhenAll(beside.CatchUpAsync(Cancellation), Log.PurgeAsync(Cancellation));
            var last = Assert.Single(await PublishAsync("parcel"));
            Assert.Equal(last, (await FindAsync("parcel"))[0]);
        }
        Assert.Null(Logger.Failure);
    }

    [Fact]
    public async Task Search_is_refused_and_everything_else_works_while_the_index_cannot_be_written()
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
            Assert.Equal(2, (await Log.ReadHistoryAsync(new(TopicFilter.Everything, TopicFilter.Everything), Cancellation)).Notifications.Count);
        }
        await Eventually.TrueAsync(async () => await TryFindAsync("ferry") is [2]);
        Assert.Empty(await FindAsync("parcel"));
    }
}
