using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeModelTests : ComposeModelContext
{
    [Fact]
    public async Task Firing_stores_the_form_and_reports_the_result_while_it_is_still_firing()
    {
        var wasFiring = false;
        OnSent = () => wasFiring = Model.IsFiring;
        Write("orders", "Offer");
        await Model.FireAsync();
        var stored = Assert.Single(await StoredAsync());
        Assert.Equal(("Offer", "mara", stored.Id), (stored.Draft.Title, stored.PublishedBy, Model.Result!.Notification.Id));
        Assert.Same(Model.Result, Assert.Single(Sent));
        Assert.True(wasFiring);
        Assert.False(Model.IsFiring);
        Assert.Empty(Questions);
    }

    [Fact]
    public async Task Result_has_its_audience_as_soon_as_it_is_shown()
    {
        var listener = await Listener.JoinAsync(Store.Hub, "orders");
        listener.Subscriber.Presence = new("anna", [new("/", true)]);
        Write("orders", "Offer");
        await Model.FireAsync();
        Assert.Equal((1, "Fired to 1 person."), (Model.Result!.Offered, Model.Result.Sentence));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Empty_topic_field_publishes_to_the_default_topic(string topic)
    {
        Write(topic, "T");
        await Model.FireAsync();
        Assert.Equal([Topic.Broadcast], Assert.Single(await StoredAsync()).Draft.Topics);
    }

    [Fact]
    public void Form_shows_no_errors_before_the_first_attempt()
    {
        Model.Form.Url = "nonsense";
        Model.Recheck();
        Assert.Empty(Model.Errors);
    }

    [Fact]
    public async Task Error_disappears_as_soon_as_its_field_is_corrected()
    {
        Model.Form.Url = "nonsense";
        await Model.FireAsync();
        Assert.Equal("Not fired", Model.NotDone);
        Assert.Equal(["title", "url"], Fields());
        Model.Form.Title = "T";
        Model.Recheck();
        Assert.Equal(["url"], Fields());
        Model.Form.Url = "/orders/1";
        Model.Recheck();
        Assert.Empty(Model.Errors);
        Assert.Empty(await StoredAsync());
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Error_replaces_the_last_result_until_it_is_corrected()
    {
        Write("orders", "T");
        await Model.FireAsync();
        Model.Form.Title = "";
        await Model.FireAsync();
        Assert.Null(Model.Result);
        Model.Form.Title = "T";
        Model.Recheck();
        Assert.NotNull(Model.Result);
    }

    [Fact]
    public async Task A_failing_store_is_reported_and_the_form_stays()
    {
        Write("orders", "T");
        Store.Log.OnAppend = () => throw new StoreUnavailableException("The disk is full.");
        await Model.FireAsync();
        Assert.Equal(("Not fired", "The store is not available. Nothing you typed is lost; try again in a moment."), (Model.NotDone, Model.Problem));
        Assert.Equal(("T", false, 0), (Model.Form.Title, Model.IsFiring, Sent.Count));
        Store.Log.OnAppend = null;
        await Model.FireAsync();
        Assert.Null(Model.Problem);
        Assert.NotNull(Model.Result);
    }

    [Fact]
    public async Task The_right_to_send_is_checked_at_each_attempt()
    {
        Write("orders", "T");
        Operator.Role = Roles.Viewer;
        await Model.FireAsync();
        Assert.Equal("Your role may look but not fire. An admin can change that.", Model.Problem);
        await Model.FireSeriesAsync();
        Assert.Equal("Your role may look but not fire. An admin can change that.", Model.Problem);
        Assert.Null(Model.Series);
        await Model.ScheduleAsync(Time.GetUtcNow().AddHours(1));
        Assert.Equal("Your role may look but not schedule. An admin can change that.", Model.Problem);
        Assert.Empty(await StoredAsync());
        Assert.Empty(await ScheduledAsync());
    }

    [Fact]
    public async Task Broadcast_is_fired_only_after_confirmation()
    {
        Write("broadcast", "T");
        Answer = () => Task.FromResult(false);
        await Model.FireAsync();
        Assert.Empty(await StoredAsync());
        Answer = () => Task.FromResult(true);
        await Model.FireAsync();
        Assert.Equal([1, 1], Questions.Select(question => question.Count));
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task Open_question_blocks_firing_and_further_questions()
    {
        var answer = new TaskCompletionSource<bool>();
        Answer = () => answer.Task;
        Write("broadcast", "T");
        var first = Model.FireAsync();
        Assert.True(Model.FireAsync().IsCompleted);
        Assert.True(Model.FireSeriesAsync().IsCompleted);
        answer.SetResult(true);
        await first;
        Assert.Single(Questions);
        Assert.Single(await StoredAsync());
        await Model.FireAsync();
        Assert.Equal(2, Questions.Count);
    }

    [Fact]
    public async Task Second_attempt_during_a_publish_does_nothing()
    {
        using var gate = new ManualResetEventSlim();
        Store.Log.OnAppend = gate.Wait;
        Write("orders", "T");
        var first = Model.FireAsync();
        Assert.True(Model.IsFiring);
        Assert.True(Model.FireAsync().IsCompleted);
        Assert.False(await Model.ScheduleAsync(Time.GetUtcNow().AddHours(1)));
        gate.Set();
        await first;
        Assert.Single(await StoredAsync());
        Assert.Empty(await ScheduledAsync());
    }

    [Fact]
    public async Task The_last_notification_is_retracted_once()
    {
        Write("orders", "T");
        await Model.FireAsync();
        await Model.RetractAsync();
        Assert.Equal((true, null), (Model.Result!.IsRetracted, Model.RetractError));
        Store.Log.OnAppend = () => throw new StoreUnavailableException("The disk is full.");
        await Model.RetractAsync();
        Assert.Null(Model.RetractError);
    }

    [Fact]
    public async Task A_failed_retraction_is_reported_until_the_next_notification()
    {
        Write("orders", "T");
        await Model.FireAsync();
        Store.Log.OnAppend = () => throw new StoreUnavailableException("The disk is full.");
        await Model.RetractAsync();
        Assert.Equal((false, "The store is not available. Nothing was retracted; try again in a moment."), (Model.Result!.IsRetracted, Model.RetractError));
        Store.Log.OnAppend = null;
        await Model.FireAsync();
        Assert.Null(Model.RetractError);
    }

    [Fact]
    public async Task Refresh_reports_a_change_only_when_a_figure_has_changed()
    {
        await Listener.JoinAsync(Store.Hub, "orders");
        Write("orders", "T");
        await Model.LookUpTopicsAsync();
        Assert.False(await Model.RefreshFiguresAsync());
        await Model.FireAsync();
        Store.Hub.ReplayBuffer.Find(1)!.CountWritten();
        Assert.True(await Model.RefreshFiguresAsync());
        Assert.Equal(1, Model.Result!.Written);
        Assert.False(await Model.RefreshFiguresAsync());
        await Listener.JoinAsync(Store.Hub, "orders");
        Assert.True(await Model.RefreshFiguresAsync());
        Assert.Equal(2, Model.Audience.Reach!.Value.Streams);
    }

    private IEnumerable<string> Fields() => Model.Errors.Select(error => error.Field);
}
