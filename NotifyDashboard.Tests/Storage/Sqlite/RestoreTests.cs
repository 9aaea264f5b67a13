using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

public sealed class RestoreTests : IDisposable
{
    private readonly SqliteStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restored_backup_begins_an_epoch_and_rejects_cursors_of_lost_notifications()
    {
        var kept = await RunAsync(2);
        var backup = _store.File + ".backup";
        using (var connection = _store.Source.OpenConnection()) connection.Execute("VACUUM INTO @backup", new { backup });
        var lost = await RunAsync(3);
        _store.Restart(() => File.Copy(backup, _store.File, overwrite: true));

        var again = await RunAsync(4);
        Assert.Equal(kept[^1].Sequence + 1, again[0].Sequence);
        Assert.NotEqual(lost[0].Epoch, again[0].Epoch);
        var state = await OpenAsync();
        Assert.All([.. kept, .. again], cursor => Assert.True(state.Epochs.Contains(cursor)));
        Assert.All(lost, cursor => Assert.False(state.Epochs.Contains(cursor)));
        Assert.Equal(kept, kept.Select(cursor => state.Epochs.CursorOf(cursor.Sequence)));
    }

    [Fact]
    public async Task Database_copied_from_elsewhere_begins_an_epoch_and_keeps_its_cursors()
    {
        var kept = await RunAsync(2);
        File.Delete(_store.File + "-head");
        var later = await RunAsync(1);
        Assert.NotEqual(kept[0].Epoch, later[0].Epoch);
        var state = await OpenAsync();
        Assert.All([.. kept, .. later], cursor => Assert.True(state.Epochs.Contains(cursor)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    [InlineData("x")]
    public async Task Unreadable_head_file_counts_as_missing(string text)
    {
        var kept = await RunAsync(1);
        await File.WriteAllTextAsync(_store.File + "-head", text, Cancellation);
        Assert.NotEqual(kept[0].Epoch, (await RunAsync(1))[0].Epoch);
        Assert.Equal($"{2:D19}", await File.ReadAllTextAsync(_store.File + "-head", Cancellation));
    }

    [Fact]
    public async Task Head_file_that_cannot_be_written_does_not_stop_publishing()
    {
        Directory.CreateDirectory(_store.File + "-head");
        Assert.Equal([1, 2], (await RunAsync(2)).Select(cursor => cursor.Sequence));
        Assert.Equal([3], (await RunAsync(1)).Select(cursor => cursor.Sequence));
    }

    public void Dispose() => _store.Dispose();

    private async Task<LogState> OpenAsync()
    {
        using var log = new SqliteNotificationLog(_store.Database, _store.Source, _store.Writer, NullLogger<SqliteNotificationLog>.Instance);
        return await log.OpenAsync(Cancellation);
    }

    /// <summary>One run of the hub that publishes so many notifications.</summary>
    private async Task<List<Cursor>> RunAsync(int count)
    {
        _store.Restart();
        using var log = new SqliteNotificationLog(_store.Database, _store.Source, _store.Writer, NullLogger<SqliteNotificationLog>.Instance);
        await log.OpenAsync(Cancellation);
        var outcomes = await log.AppendAsync([.. Enumerable.Range(0, count).Select(i => new PublishChange([Drafts.Text($"{i}")], "tester"))], Drafts.Noon);
        return [.. outcomes.Select(outcome => outcome.Notifications[0].Id)];
    }
}
