using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

/// <summary>What the model does with the form as a whole: clearing, undoing that, and filling in from the history.</summary>
public sealed class ComposeModelFormTests : ComposeModelContext
{
    [Fact]
    public async Task Clear_empties_the_form_except_its_zone_and_removes_errors_and_notes()
    {
        var zone = Model.Form.Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");
        Model.Form.Url = "nonsense";
        await Model.FireAsync();
        Assert.True(Model.Clear());
        Assert.Equal(("", zone, "Cleared.", 0), (Model.Form.Url, Model.Form.Zone, Model.Note, Model.Errors.Count));
    }

    [Fact]
    public void A_second_clear_does_nothing_and_the_first_can_be_undone()
    {
        Write("orders", "Paid");
        Assert.True(Model.Clear());
        Assert.False(Model.Clear());
        Assert.True(Model.UndoClear());
        Assert.Equal(("Paid", null, false), (Model.Form.Title, Model.Note, Model.CanUndoClear));
        Assert.False(Model.UndoClear());
    }

    [Fact]
    public async Task Undo_of_a_clear_ends_with_typing_and_not_with_a_topic_lookup()
    {
        Write("orders", "Paid");
        Model.Clear();
        await Model.LookUpTopicsAsync();
        Assert.True(Model.CanUndoClear);
        Model.Form.Title = "N";
        Model.Recheck();
        Assert.Equal((false, null), (Model.CanUndoClear, Model.Note));
        Assert.False(Model.UndoClear());
        Assert.Equal("N", Model.Form.Title);
    }

    [Fact]
    public async Task Undo_of_a_clear_ends_with_an_attempt_to_fire()
    {
        Write("orders", "Paid");
        Model.Clear();
        await Model.FireAsync();
        Assert.Equal((false, null), (Model.CanUndoClear, Model.Note));
    }

    [Fact]
    public async Task Id_of_a_stored_notification_fills_the_form_in()
    {
        await FillFromAsync((await Store.PublishAsync(new NotificationDraft { Topics = ["orders/1"], Title = "Paid" })).Id.ToString());
        Assert.Equal(("orders/1", "Paid", "Filled in from the history. Nothing is fired yet."), (Model.Form.Topic, Model.Form.Title, Model.Note));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("abcd0000-99")]
    public async Task An_unknown_id_leaves_the_form_empty_with_a_note(string id)
    {
        await FillFromAsync(id);
        AssertIsNotFilledIn();
    }

    [Fact]
    public async Task A_notification_outside_the_operators_topics_counts_as_unknown()
    {
        var id = (await Store.PublishAsync(new NotificationDraft { Topics = ["orders/1"], Title = "Paid" })).Id;
        await Model.FillFromAsync(id.ToString(), Store.Log, new Nothing(), Operator.FindAsync);
        AssertIsNotFilledIn();
    }

    [Fact]
    public async Task Session_that_ended_before_the_notification_was_read_leaves_the_form_empty()
    {
        Operator.IsSignedIn = false;
        await FillFromAsync((await Store.PublishAsync(new NotificationDraft { Title = "Paid" })).Id.ToString());
        AssertIsNotFilledIn();
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_leaves_the_form_empty_with_a_note()
    {
        var id = (await Store.PublishAsync(new NotificationDraft { Title = "Paid" })).Id.ToString();
        using (Store.Fail()) await FillFromAsync(id);
        Assert.Equal(("", "The history cannot be read now, so nothing is filled in. Load the page again in a moment."), (Model.Form.Title, Model.Note));
    }

    private Task FillFromAsync(string id) => Model.FillFromAsync(id, Store.Log, new PublisherTopicScope(), Operator.FindAsync);

    private void AssertIsNotFilledIn() => Assert.Equal(("", "What was to be filled in here is not in the history. The fields are empty."), (Model.Form.Title, Model.Note));

    private sealed class Nothing : ITopicScope
    {
        public TopicFilter Of(System.Security.Claims.ClaimsPrincipal user) => TopicFilter.Nothing;
    }
}
