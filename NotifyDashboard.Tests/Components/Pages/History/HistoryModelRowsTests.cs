using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryModelRowsTests : HistoryModelContext
{
    [Fact]
    public async Task Older_rows_are_loaded_page_by_page_until_the_oldest()
    {
        await PublishAsync(120);
        await RefreshAsync();
        Assert.Equal(Numbered(120, 71), Titles);
        await Model.LoadOlderAsync();
        Assert.Equal(100, Model.Rows.All!.Count);
        await Model.LoadOlderAsync();
        Assert.Equal(Numbered(120, 1), Titles);
        Assert.Null(Model.Rows.Next);
        await Model.LoadOlderAsync();
        Assert.Equal(120, Model.Rows.All!.Count);
    }

    [Fact]
    public async Task Concurrent_requests_for_older_rows_add_them_once()
    {
        await PublishAsync(120);
        await RefreshAsync();
        var reading = new TaskCompletionSource();
        Store.Log.OnReadNewest = () => reading.Task;
        var (first, second) = (Model.LoadOlderAsync(), Model.LoadOlderAsync());
        reading.SetResult();
        await first;
        await second;
        // The same row twice would end the circuit: rows have keys.
        Assert.Equal(Numbered(120, 21), Titles);
    }

    [Fact]
    public async Task More_new_rows_than_fit_a_page_leave_no_gap()
    {
        await PublishAsync(10);
        await RefreshAsync();
        await PublishAsync(60, from: 11);
        await RefreshAsync();
        Assert.Equal("N70", Titles.First());
        await Model.LoadOlderAsync();
        Assert.Equal(Numbered(70, 1), Titles);
    }

    [Fact]
    public async Task A_page_that_stays_open_keeps_a_bounded_number_of_rows_and_reads_the_others_on_demand()
    {
        for (var from = 1; from <= 560; from += 40)
        {
            await PublishAsync(40, from);
            await RefreshAsync();
            Assert.Equal($"N{from + 39}", Titles.First());
        }
        Assert.Equal(Numbered(560, 61), Titles);
        await Model.LoadOlderAsync();
        Assert.Equal(Numbered(560, 11), Titles);
    }

    [Fact]
    public async Task New_rows_are_only_counted_while_the_operator_is_scrolled_down()
    {
        await PublishAsync(2);
        await RefreshAsync();
        Model.IsAtTop = false;
        await PublishAsync(3, from: 3);
        await RefreshAsync();
        Assert.Equal((2, 3), (Model.Rows.All!.Count, Model.Rows.Waiting));
        Model.IsAtTop = true;
        await RefreshAsync();
        Assert.Equal(Numbered(5, 1), Titles);
        Assert.Equal(0, Model.Rows.Waiting);
    }

    [Fact]
    public async Task Changed_row_is_replaced_in_place_by_the_next_refresh()
    {
        var published = await PublishAsync(3);
        await RefreshAsync();
        await Store.Hub.UpdateAsync(published.Single(one => one.Draft.Title == "N2").Id, "mara", draft => draft with { Title = "N2, later" }, Cancellation);
        await Store.DispatchedAsync();
        Assert.Equal(Numbered(3, 1), Titles);
        await Model.RefreshAsync();
        Assert.Equal(["N3", "N2, later", "N1"], Titles);
    }

    [Fact]
    public async Task Changed_row_beyond_the_first_page_is_replaced_while_new_rows_are_held_back()
    {
        var published = await PublishAsync(60);
        await RefreshAsync();
        await Model.LoadOlderAsync();
        Model.IsAtTop = false;
        await Store.Hub.RetractAsync(published.Single(one => one.Draft.Title == "N1").Id, "mara", Cancellation);
        await PublishAsync(1, from: 61);
        await RefreshAsync();
        Assert.Equal(1, Model.Rows.Waiting);
        Assert.NotNull(Model.Rows.All![^1].Retraction);
    }

    [Fact]
    public async Task A_failing_store_is_reported_until_a_reading_succeeds_and_the_rows_stay()
    {
        await PublishAsync(1);
        await RefreshAsync();
        Store.Log.OnReadNewest = () => throw new StoreUnavailableException("The disk is gone.");
        await PublishAsync(1, from: 2);
        await RefreshAsync();
        Assert.Equal((true, false), (Model.IsUnavailable, Model.IsSearchUnavailable));
        Assert.Equal(["N1"], Titles);
        Store.Log.OnReadNewest = () => throw new SearchUnavailableException();
        await RefreshAsync();
        Assert.Equal((true, true), (Model.IsUnavailable, Model.IsSearchUnavailable));
        Store.Log.OnReadNewest = () => Task.CompletedTask;
        await RefreshAsync();
        Assert.False(Model.IsUnavailable);
        Assert.Equal(["N2", "N1"], Titles);
    }

    [Fact]
    public async Task Failed_reload_removes_the_rows_of_the_previous_filters()
    {
        await PublishAsync(1);
        await RefreshAsync();
        Store.Log.OnReadNewest = () => throw new StoreUnavailableException("The disk is gone.");
        await Model.ReloadAsync();
        Assert.Null(Model.Rows.All);
    }

    [Fact]
    public async Task Refresh_is_due_again_during_an_index_rebuild_and_while_the_newest_row_is_delivered()
    {
        await RefreshAsync();
        Assert.False(Model.IsUnsettled);
        Store.Log.IsRebuilding = true;
        await RefreshAsync();
        Assert.Equal((true, true), (Model.IsIncomplete, Model.IsUnsettled));
        Store.Log.IsRebuilding = false;
        await RefreshAsync();
        Assert.Equal((false, false), (Model.IsIncomplete, Model.IsUnsettled));
        await Listener.JoinAsync(Store.Hub, "broadcast");
        await PublishAsync(1);
        await RefreshAsync();
        Assert.True(Model.IsUnsettled);
        Store.Hub.ReplayBuffer.Find(1)!.CountWritten();
        Assert.False(Model.IsUnsettled);
    }
}
