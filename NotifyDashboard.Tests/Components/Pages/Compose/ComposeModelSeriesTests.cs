using NotifyDashboard.Components.Pages.Compose;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeModelSeriesTests : ComposeModelContext
{
    [Theory]
    [InlineData("0", "1", "count", "A series has 1 to 10,000 notifications.")]
    [InlineData("10001", "1", "count", "A series has 1 to 10,000 notifications.")]
    [InlineData("ten", "1", "count", "A series has 1 to 10,000 notifications.")]
    [InlineData("1", "-1", "seconds", "The pace is 0 to 3,600 seconds.")]
    [InlineData("1", "3601", "seconds", "The pace is 0 to 3,600 seconds.")]
    [InlineData("1", "", "seconds", "The pace is 0 to 3,600 seconds.")]
    public async Task An_impossible_count_or_pace_is_an_error_until_it_is_corrected(string count, string seconds, string field, string sentence)
    {
        Write("orders", "T");
        (Model.Form.Count, Model.Form.Seconds) = (count, seconds);
        await Model.FireSeriesAsync();
        Assert.Equal((field, sentence), (Assert.Single(Model.Errors).Field, Model.Errors[0].Message));
        Model.Form.Title = "Another";
        Model.Recheck();
        Assert.Equal(field, Assert.Single(Model.Errors).Field);
        (Model.Form.Count, Model.Form.Seconds) = ("1", "1");
        Model.Recheck();
        Assert.Empty(Model.Errors);
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task An_impossible_count_does_not_prevent_a_single_notification()
    {
        Write("orders", "T");
        Model.Form.Count = "0";
        await Model.FireSeriesAsync();
        await Model.FireAsync();
        Assert.Empty(Model.Errors);
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task Series_of_broadcasts_asks_once_and_names_their_number()
    {
        Write("broadcast", "T");
        (Model.Form.Count, Model.Form.Seconds) = ("3", "0");
        await Model.FireSeriesAsync();
        Assert.Equal([3], Questions.Select(question => question.Count));
        Assert.Equal(3, (await StoredAsync()).Count);
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Running_series_blocks_a_second_series_and_not_single_notifications()
    {
        var running = await StartAsync(count: 2);
        var series = Model.Series;
        await Model.FireSeriesAsync();
        Model.Form.Title = "In between";
        await Model.FireAsync();
        Assert.Same(series, Model.Series);
        Assert.Null(Model.Result);
        Time.Advance(TimeSpan.FromSeconds(1));
        await running;
        Assert.Equal(["T", "In between", "T"], (await StoredAsync()).Select(stored => stored.Draft.Title));
        await Model.FireAsync();
        Assert.Null(Model.Series);
        Assert.NotNull(Model.Result);
    }

    [Fact]
    public async Task A_failing_store_ends_the_series_with_a_sentence()
    {
        var running = await StartAsync(count: 5);
        Store.Log.OnAppend = () => throw new StoreUnavailableException("The disk is full.");
        Time.Advance(TimeSpan.FromSeconds(1));
        await running;
        Assert.Equal(("Not fired", "The store is not available: the series ended after 1 of 5."), (Model.NotDone, Model.Problem));
        AssertEnded(stopped: false);
    }

    [Fact]
    public async Task A_draft_that_expires_during_the_series_ends_it_with_a_sentence()
    {
        (Model.Form.Expires, Model.Form.ExpiresAt) = (ComposeForm.AtTime, Time.GetUtcNow().UtcDateTime.AddSeconds(0.5));
        var running = await StartAsync(count: 5);
        Time.Advance(TimeSpan.FromSeconds(1));
        await running;
        Assert.Equal("It has expired: the series ended after 1 of 5.", Model.Problem);
        AssertEnded(stopped: false);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("leave the page")]
    [InlineData("end the session")]
    public async Task A_series_ends_quietly(string how)
    {
        var running = await StartAsync(count: 5);
        await (how switch
        {
            "stop" => Task.Run(Model.Series!.Cancel, Cancellation),
            "leave the page" => LeaveAsync(),
            _ => EndRightsAsync(),
        });
        await running.WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(Model.Problem);
        AssertEnded(stopped: true);
        Assert.Single(await StoredAsync());
    }

    private void AssertEnded(bool stopped) => Assert.Equal((1, false, stopped), (Model.Series!.Done, Model.IsSeriesRunning, Model.Series.Stopped));

    /// <summary>Starts a series, one a second; its first notification is stored when this returns. The result ends with the series.</summary>
    private async Task<Task> StartAsync(int count)
    {
        Write("orders", "T");
        (Model.Form.Count, Model.Form.Seconds) = ($"{count}", "1");
        var running = Model.FireSeriesAsync();
        await Eventually.TrueAsync(() => Store.Hub.LastDispatched == 1 && Time.WaitingFor(TimeSpan.FromMinutes(1)) == 1);
        return running;
    }
}
