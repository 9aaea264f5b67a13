using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeModelScheduleTests : ComposeModelContext
{
    private DateTimeOffset At => Time.GetUtcNow().AddHours(2);

    [Fact]
    public async Task Scheduled_broadcast_is_the_result_without_a_question()
    {
        Write("broadcast", "Offer");
        Assert.True(await Model.ScheduleAsync(At));
        Assert.Equal(Assert.Single(await ScheduledAsync()).Id, Model.Scheduled!.Id);
        Assert.Equal([null], Sent);
        Assert.Empty(Questions);
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task Later_of_a_fired_and_a_scheduled_notification_is_the_result()
    {
        Write("orders", "Offer");
        await Model.FireAsync();
        await Model.ScheduleAsync(At);
        Assert.Equal((false, true), (Model.Result is not null, Model.Scheduled is not null));
        await Model.FireAsync();
        Assert.Equal((true, false), (Model.Result is not null, Model.Scheduled is not null));
    }

    [Fact]
    public async Task An_incomplete_form_is_not_scheduled()
    {
        Assert.False(await Model.ScheduleAsync(At));
        Assert.Equal(("Not scheduled", "title"), (Model.NotDone, Assert.Single(Model.Errors).Field));
    }

    [Fact]
    public async Task A_failing_store_is_reported_and_the_form_stays()
    {
        Write("orders", "Offer");
        Store.Log.OnAppend = () => throw new StoreUnavailableException("The disk is full.");
        Assert.False(await Model.ScheduleAsync(At));
        Assert.Equal(("Not scheduled", "The store is not available. Nothing you typed is lost; try again in a moment."), (Model.NotDone, Model.Problem));
        Assert.Equal("Offer", Model.Form.Title);
    }

    [Fact]
    public async Task A_time_that_passes_during_the_attempt_is_an_error_and_the_form_stays()
    {
        Write("orders", "Offer");
        var at = At;
        Operator.OnAct = () => Time.Advance(TimeSpan.FromHours(3));
        Assert.False(await Model.ScheduleAsync(at));
        Assert.Equal("That is in the past. Give a time to come.", Assert.Single(Model.Errors).Message);
        Assert.Equal(("Offer", false), (Model.Form.Title, Model.IsFiring));
    }
}
