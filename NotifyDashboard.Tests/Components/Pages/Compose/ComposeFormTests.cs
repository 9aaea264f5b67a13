using NotifyDashboard.Components.Pages.Compose;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public class ComposeFormTests
{
    [Fact]
    public void Draft_with_content_survives_a_round_trip_through_the_form()
    {
        var draft = new NotificationDraft
        {
            Topics = ["orders/1", "stores/malmö"],
            Type = "order",
            Private = true,
            Title = " Paid ",
            Body = "First\nSecond",
            Severity = Severity.Warning,
            Url = "/orders/1",
            Icon = "/parcel.svg",
            Tags = ["paid", "card"],
            Actions = [new("Track", "/track"), new("Help", "https://help.example/")],
            Data = new("{\"a\":1}", true),
        };
        Assert.Equivalent(draft, ComposeForm.Of(draft).ToDraft(), strict: true);
    }

    [Theory]
    [InlineData("'Hello Dolly!'", false)]
    [InlineData("[1,2]", true)]
    public void Draft_with_raw_data_survives_a_round_trip_through_the_form(string text, bool isJson)
    {
        var draft = new NotificationDraft { Topics = ["a"], Type = "ping", Data = new(text, isJson) };
        Assert.Equivalent(draft, ComposeForm.Of(draft).ToDraft(), strict: true);
    }

    [Theory]
    [InlineData("{", "This is not valid JSON: check line 1, or send it as text.")]
    [InlineData("{\n\"a\":1,,}", "This is not valid JSON: check line 2, or send it as text.")]
    [InlineData("{\"a\":1,\"a\":2}", "This is not valid JSON. Correct it, or send it as text.")]
    public void Invalid_JSON_is_reported_with_its_line(string text, string sentence)
    {
        var form = new ComposeForm { Topic = "a", Title = "T", Extra = text, IsJson = true };
        Assert.Equal(("extra", sentence), form.Check().Select(f => (f.Field, f.Message)).Single());
        form.IsJson = false;
        Assert.Empty(form.Check());
    }

    [Fact]
    public void Missing_link_of_two_buttons_is_reported_once()
    {
        var form = new ComposeForm { Topic = "a", Title = "T", ActionCount = 2 };
        form.Actions[0].Label = form.Actions[1].Label = "Track";
        Assert.Equal(["The action's link starts with http://, https:// or a single /."], form.Check().Select(f => f.Message));
    }

    [Fact]
    public void A_further_topic_counts_while_it_is_being_typed()
    {
        var form = new ComposeForm { Topic = " orders/1 " };
        form.MoreTopics.Set(["stores/1"]);
        form.MoreTopics.Typed = " broadcast ";
        Assert.Equal(["orders/1", "stores/1", "broadcast"], form.Topics);
        Assert.True(form.IsBroadcast);
    }

    [Fact]
    public void A_removed_button_leaves_the_others_in_their_order()
    {
        var form = new ComposeForm { Title = "T", ActionCount = 3 };
        foreach (var (i, action) in form.Actions.Index()) (action.Label, action.Url) = ($"B{i}", "/b");
        form.RemoveAction(1);
        Assert.Equal(["B0", "B2"], form.ToDraft().Actions.Select(action => action.Label));
    }

    [Fact]
    public void Expiry_time_is_read_in_the_operators_time_zone()
    {
        var form = new ComposeForm { Title = "T", Expires = ComposeForm.AtTime, Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm") };
        Assert.Equal(["Give a date and a time at which it expires."], form.Check().Select(f => f.Message));
        form.ExpiresAt = new(2026, 7, 1, 9, 0, 0);
        Assert.Equal(new(2026, 7, 1, 7, 0, 0, TimeSpan.Zero), form.ToDraft().ExpiresAt);
    }

    [Fact]
    public void Kept_form_choices_are_restored_unchanged()
    {
        var form = new ComposeForm { Expires = "1h", ActionCount = 2, PublishAt = new(2026, 7, 1, 9, 30, 0) };
        form.Tags.Add("parcel, express");
        form.MoreTopics.Add("stores/1");
        var restored = new ComposeForm();
        ComposeChoices.Restore(ComposeChoices.Of(form).ToJson(), restored);
        Assert.Equivalent(ComposeChoices.Of(form), ComposeChoices.Of(restored), strict: true);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Invalid_kept_form_choices_change_nothing(string json)
    {
        var form = new ComposeForm { Expires = "1h", ActionCount = 2 };
        ComposeChoices.Restore(json, form);
        Assert.Equal(("1h", 2), (form.Expires, form.ActionCount));
    }
}
