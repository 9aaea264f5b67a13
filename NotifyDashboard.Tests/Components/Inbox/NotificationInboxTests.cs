using Bunit;
using Microsoft.AspNetCore.Components;
using NotifyDashboard.Components.Inbox;

namespace NotifyDashboard.Tests.Components.Inbox;

public sealed class NotificationInboxTests : BunitContext
{
    private readonly BunitJSModuleInterop _listener;
    private readonly BunitJSModuleInterop _module;

    public NotificationInboxTests()
    {
        SetRendererInfo(new RendererInfo("Server", true));
        _module = JSInterop.SetupModule("./Components/Inbox/NotificationInbox.razor.js");
        _listener = _module.SetupModule("start", _ => true);
        _listener.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Parameters_become_the_elements_attributes()
    {
        var inbox = Render<NotificationInbox>(with => with.Add(i => i.TokenUrl, "/token").Add(i => i.Max, 9).Add(i => i.Language, "de").Add(i => i.Toasts, false).Add(i => i.Sound, true).AddChildContent("Post"));
        inbox.MarkupMatches("""<notify-inbox token-url="/token" max="9" lang="de" toasts="off" sound="on">Post</notify-inbox>""");
        Render<NotificationInbox>().MarkupMatches("""<notify-inbox max="99"></notify-inbox>""");
    }

    [Fact]
    public async Task Valid_browser_calls_reach_the_inbox_callbacks_and_oversized_ones_are_ignored()
    {
        var told = new List<object>();
        var inbox = Render<NotificationInbox>(with => with.Add(i => i.CountChanged, count => told.Add(count)).Add(i => i.OpenChanged, open => told.Add(open)).Add(i => i.OnOpened, opened => told.Add(opened)));
        await inbox.Instance.CountAsync(3);
        await inbox.Instance.ToggleAsync(true);
        var opened = new OpenedNotification("e-1", "Paid", "/orders/7");
        await inbox.Instance.OpenAsync(opened);
        await inbox.Instance.OpenAsync(opened with { Url = new string('x', 5_000) });
        await inbox.Instance.OpenAsync(new(null!, null, null));
        Assert.Equal([3, true, opened], told);
        Assert.True((bool)_module.Invocations.Single(i => i.Identifier == "start").Arguments[2]!);
    }

    [Fact]
    public async Task Inbox_is_shown_hidden_and_ended_through_its_JavaScript_listener()
    {
        var inbox = Render<NotificationInbox>();
        await inbox.Instance.ShowAsync();
        await inbox.Instance.CloseAsync();
        await DisposeComponentsAsync();
        Assert.Equal(["show", "hide", "end"], _listener.Invocations.Select(i => i.Identifier));
        Assert.False((bool)_module.Invocations.Single(i => i.Identifier == "start").Arguments[2]!);
    }
}
