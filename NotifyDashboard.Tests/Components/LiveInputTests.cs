using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using NotifyDashboard.Components;

namespace NotifyDashboard.Tests.Components;

public sealed class LiveInputTests : BunitContext
{
    [Fact]
    public async Task Typed_text_stays_in_the_field_while_a_wrapper_has_not_yet_accepted_it()
    {
        var taken = new TaskCompletionSource();
        var page = Render<Wrapper>(parameters => parameters.Add(wrapper => wrapper.Value, "").Add(wrapper => wrapper.ValueChanged, _ => taken.Task));
        var typing = page.Find("input").InputAsync("The ferry");
        Assert.Equal("The ferry", page.Find("input").GetAttribute("value"));
        taken.SetResult();
        await typing;
        Assert.Equal("The ferry", page.Find("input").GetAttribute("value"));
    }

    [Fact]
    public void Field_shows_the_value_of_the_page_when_it_differs_from_the_typed_text()
    {
        var page = Render<LiveInput>(parameters => parameters.Bind(input => input.Value, "1", _ => { }));
        page.Find("input").Input("one");
        page.Render(parameters => parameters.Add(input => input.Value, "1"));
        Assert.Equal("1", page.Find("input").GetAttribute("value"));
    }

    private sealed class Wrapper : ComponentBase
    {
        [Parameter] public string Value { get; set; } = "";

        [Parameter] public EventCallback<string> ValueChanged { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<LiveInput>(0);
            builder.AddAttribute(1, nameof(LiveInput.Value), Value);
            builder.AddAttribute(2, nameof(LiveInput.ValueChanged), ValueChanged);
            builder.CloseComponent();
        }
    }
}
