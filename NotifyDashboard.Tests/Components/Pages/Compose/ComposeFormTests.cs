using NotifyDashboard.Components.Pages.Compose;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public class ComposeFormTests
{
    [Fact]
    public void What_was_published_comes_back_as_it_was()
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
    public void Raw_data_comes_back_as_it_was(string text, bool isJson)
    {
        var draft = new NotificationDraft { Topics = ["a"], Type = "ping", Data = new(text, isJson) };
        Assert.Equivalent(draft, ComposeForm.Of(draft).ToDraft(), strict: true);
    }

    [Theory]
    [InlineData("{", "This is not JSON: look at line 1, or send it as text.")]
    [InlineData("{\n\"a\":1,,}", "This is not JSON: look at line 2, or send it as text.")]
    [InlineData("{\"a\":1,\"a\":2}", "This is not JSON. Mend it, or send it as text.")]
    public void Broken_JSON_is_named_where_it_stands(string text, string sentence)
    {
        var form = new ComposeForm { Topic = "a", Title = "T", Extra = text, IsJson = true };
        Assert.Equal(("extra", sentence), form.Check().Select(f => (f.Field, f.Message)).Single());
        form.IsJson = false;
        Assert.Empty(form.Check());
    }

    [Fact]
    public void A_button_without_a_link_is_named_once()
    {
        var form = new ComposeForm { Topic = "a", Title = "T" };
        form.Actions[0].Label = form.Actions[1].Label = "Track";
        Assert.Equal(["The action's link starts with http://, https:// or a single /."], form.Check().Select(f => f.Message));
    }

    [Fact]
    public void Further_topics_stand_one_a_line()
    {
        var form = new ComposeForm { Topic = " orders/1 ", MoreTopics = "\nstores/1\n\n broadcast " };
        Assert.Equal(["orders/1", "stores/1", "broadcast"], form.Topics);
        Assert.True(form.IsBroadcast);
    }
}
