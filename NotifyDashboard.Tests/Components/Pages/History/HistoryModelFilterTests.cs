using NotifyDashboard.Components.Pages.History;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Components.Pages.History;

/// <summary>Filters, the count of what matches them, and the right to read.</summary>
public sealed class HistoryModelFilterTests : HistoryModelContext
{
    private static readonly HistoryFilters Parcels = new(Text: "parcel");

    [Fact]
    public async Task Matches_are_counted_up_to_a_limit_and_recounted_after_a_publish()
    {
        await PublishParcelsAsync(60);
        await Store.PublishAsync(new NotificationDraft { Title = "Ferry" });
        Model.Filters = Parcels;
        await RefreshAsync();
        Assert.Equal("60 found", Model.CountWords);
        await PublishParcelsAsync(1);
        await RefreshAsync();
        Assert.Equal("61 found", Model.CountWords);
        await PublishParcelsAsync(1_000);
        await RefreshAsync();
        Assert.Equal("1,000+ found", Model.CountWords);
    }

    [Fact]
    public async Task A_retraction_of_an_older_match_is_counted_too()
    {
        var published = await PublishParcelsAsync(2);
        Model.Filters = Parcels;
        await RefreshAsync();
        await Store.Hub.RetractAsync(published.MinBy(one => one.Id.Sequence)!.Id, "mara", Cancellation);
        await RefreshAsync();
        Assert.Equal("1 found", Model.CountWords);
    }

    [Fact]
    public async Task Unfiltered_history_is_not_counted()
    {
        await PublishParcelsAsync(1);
        Model.Filters = Parcels;
        await RefreshAsync();
        Model.Filters = new();
        Assert.True(await Model.ReloadAsync());
        Assert.Null(Model.CountWords);
    }

    [Fact]
    public async Task A_change_of_the_filters_during_a_reload_drops_what_it_read()
    {
        await PublishParcelsAsync(1);
        await RefreshAsync();
        Model.Filters = new(Text: "nothing");
        Store.Log.OnReadNewest = () =>
        {
            Model.Filters = Parcels;
            return Task.CompletedTask;
        };
        Assert.False(await Model.ReloadAsync());
        Assert.Single(Model.Rows.All!);
        Assert.True(await Model.ReloadAsync());
        Assert.Single(Model.Rows.All!);
        Assert.Equal("1 found", Model.CountWords);
    }

    [Fact]
    public async Task A_change_of_the_filters_during_a_refresh_drops_what_it_read()
    {
        Store.Log.OnReadNewest = () =>
        {
            Model.Filters = new(Text: "nothing");
            return Task.CompletedTask;
        };
        await PublishParcelsAsync(1);
        await RefreshAsync();
        Assert.Null(Model.Rows.All);
    }

    [Fact]
    public async Task Reader_whose_right_ended_sees_nothing_any_more()
    {
        var published = await PublishParcelsAsync(2);
        Model.Filters = Parcels;
        await RefreshAsync();
        await Model.OpenAsync(published[0].Id.ToString());
        Operator.IsSignedIn = false;
        await RefreshAsync();
        AssertIsEmpty();
        Operator.IsSignedIn = true;
        await RefreshAsync();
        await Model.OpenAsync(published[0].Id.ToString());
        AssertIsEmpty();
    }

    [Fact]
    public async Task The_count_checks_the_right_again_after_the_rows()
    {
        await PublishParcelsAsync(1);
        Model.Filters = Parcels;
        var checks = 0;
        Operator.OnFind = () => Operator.IsSignedIn = ++checks == 1;
        await RefreshAsync();
        Assert.Equal(2, checks);
        AssertIsEmpty();
    }

    private void AssertIsEmpty()
    {
        Assert.True(Model.IsSignedOut);
        Assert.Null(Model.Rows.All);
        Assert.Equal((null, null, null), (Model.OpenId, Model.Open, Model.CountWords));
    }

    private Task<Notification[]> PublishParcelsAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Store.PublishAsync(new NotificationDraft { Title = "Parcel" })));
}
