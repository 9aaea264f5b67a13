using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Components.Badge;
using NotifyDashboard.Demo.Page;

namespace NotifyDashboard.Tests.Demo.Page;

public sealed class DemoPageTests : BunitContext
{
    public DemoPageTests()
    {
        Services.AddSingleton(TimeProvider.System);
        SetRendererInfo(new RendererInfo("Server", true));
        var badge = JSInterop.SetupModule("./Components/Badge/NotificationBadge.razor.js");
        badge.SetupModule("start", _ => true).Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./Components/Inbox/NotificationInbox.razor.js").SetupModule("start", _ => true).Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./Demo/Page/DemoPage.razor.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Three_icons_listen_to_their_own_topics()
    {
        var page = Render<DemoPage>();
        Assert.Equal(["demo/people", "demo/messages", "demo/bell broadcast"], page.FindComponents<NotificationBadge>().Select(b => b.Instance.Topics));
        Assert.Equal(["People", "Messages", "Notifications"], page.FindAll(".trio button").Select(b => b.GetAttribute("aria-label")));
    }

    [Fact]
    public void Demo_page_of_a_persona_subscribes_with_a_token_and_to_the_personas_topic()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("demo?as=alice");
        var page = Render<DemoPage>();
        Assert.Equal(["demo/people", "demo/messages", "demo/bell broadcast demo/alice"], page.FindComponents<NotificationBadge>().Select(b => b.Instance.Topics));
        Assert.All(page.FindComponents<NotificationBadge>(), badge => Assert.Equal("api/demo/tokens?persona=alice", badge.Instance.TokenUrl));
        Assert.Equal("api/demo/tokens?persona=alice", page.Find("notify-inbox").GetAttribute("token-url"));
        Assert.Equal("Alice", page.Find("[aria-current=page]").TextContent);
        Assert.Equal("demo?as=alice", page.Find("[data-beside]").GetAttribute("href"));
        Assert.Equal(["To Alice alone", "To Bob alone"], page.FindAll(".try button").Skip(4).Select(b => b.TextContent));
    }

    [Fact]
    public void Demo_page_of_an_unknown_persona_is_anonymous()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("demo?as=mallory");
        var page = Render<DemoPage>();
        Assert.All(page.FindComponents<NotificationBadge>(), badge => Assert.Null(badge.Instance.TokenUrl));
        Assert.Equal("Nobody", page.Find("[aria-current=page]").TextContent);
    }

    [Fact]
    public async Task Delivery_is_counted_on_its_icon_and_written_to_the_log()
    {
        var page = Render<DemoPage>();
        await ReceiveAsync(page, 1, "e-1", "e-2");
        page.WaitForAssertion(() => Assert.Equal("Messages, 2 unread messages", Icon(page, 1).GetAttribute("aria-label")));
        page.WaitForAssertion(() => Assert.Contains("id: e-2", page.Find("[role=log]").TextContent, StringComparison.Ordinal));
        Assert.Equal("off", page.Find("[role=log]").GetAttribute("aria-live"));
    }

    [Fact]
    public async Task Opened_icon_lists_newest_first_and_marks_the_unread()
    {
        var page = Render<DemoPage>();
        await ReceiveAsync(page, 1, "e-1", "e-2");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=log] p")));
        await Icon(page, 1).ClickAsync();
        Assert.Equal(["Title e-2", "Title e-1"], page.FindAll(".list .title").Select(t => t.TextContent));
        Assert.Equal(2, page.FindAll(".list .new").Count);
        Assert.True(page.FindComponents<NotificationBadge>()[1].Instance.Reading);
    }

    [Fact]
    public async Task Demo_list_keeps_twenty_entries_and_the_log_fifty_and_the_rest_is_counted()
    {
        var page = Render<DemoPage>();
        await ReceiveAsync(page, 0, [.. Enumerable.Range(1, 60).Select(n => $"e-{n}")]);
        page.WaitForAssertion(() => Assert.Equal(50, page.FindAll("[role=log] p").Count));
        await Icon(page, 0).ClickAsync();
        Assert.Equal(20, page.FindAll(".list li").Count);
        Assert.Contains("And 40 earlier", page.Find(".list .earlier").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_log_is_ordered_by_sequence_whichever_badge_received_first()
    {
        var page = Render<DemoPage>();
        await ReceiveAsync(page, 0, "e-2", "e-10");
        await ReceiveAsync(page, 1, "e-9");
        page.WaitForAssertion(() => Assert.Equal(["id: e-10", "id: e-9", "id: e-2"], page.FindAll("[role=log] p > s:nth-of-type(2)").Select(s => s.TextContent)));
    }

    [Fact]
    public async Task Notification_delivered_to_two_badges_is_logged_once()
    {
        var page = Render<DemoPage>();
        await ReceiveAsync(page, 0, "e-1");
        await ReceiveAsync(page, 2, "e-1");
        page.WaitForAssertion(() => Assert.Equal("Notifications, 1 unread notification", Icon(page, 2).GetAttribute("aria-label")));
        page.WaitForAssertion(() => Assert.Single(page.FindAll("[role=log] p")));
    }

    [Fact]
    public async Task Retracted_notification_leaves_the_demo_list_and_an_updated_one_changes_in_place()
    {
        var page = Render<DemoPage>();
        await ReceiveAsync(page, 1, "e-1", "e-2", "e-3");
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("[role=log] p").Count));
        await Icon(page, 1).ClickAsync();
        BadgeNotification changed = new("e-1", "message", ["t"], "Don't", "At noon", "info", null, DateTimeOffset.UnixEpoch, null);
        await ChangeAsync(page, 1, 0, 1, new(new("e-4", changed, DateTimeOffset.UnixEpoch), null), new(null, new("e-5", "e-3", "retracted")));
        page.WaitForAssertion(() => Assert.Equal(["Title e-2", "Don't"], page.FindAll(".list .title").Select(t => t.TextContent)));
        Assert.Equal(2, page.FindAll(".list .new").Count);
    }

    [Fact]
    public async Task Retract_frame_delivered_to_several_badges_is_logged_once()
    {
        var page = Render<DemoPage>();
        await ReceiveAsync(page, 1, "e-1");
        BadgeChange over = new(null, new("e-2", "e-1", "collapsed"));
        for (var at = 0; at < 3; at++) await ChangeAsync(page, at, 0, 1, over);
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[role=log] p").Count));
        Assert.EndsWith("event: hub.retractid: e-2data: {\"id\":\"e-1\",\"reason\":\"collapsed\"}", page.Find("[role=log] p").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("Messages", Icon(page, 1).GetAttribute("aria-label")));
    }

    [Theory]
    [InlineData(BadgeStatus.Live, "Connected")]
    [InlineData(BadgeStatus.Reconnecting, "Reconnecting…")]
    [InlineData(BadgeStatus.Offline, "Offline")]
    public async Task Connection_state_and_number_of_requests_are_shown(BadgeStatus status, string words)
    {
        var page = Render<DemoPage>();
        await ReceiveAsync(page, 0, new BadgeState(status, DateTimeOffset.UnixEpoch, 3));
        page.WaitForAssertion(() => Assert.Equal(words, page.Find(".lab h2").TextContent));
        Assert.Equal("3", page.Find("demo-figures").GetAttribute("opens"));
    }

    [Fact]
    public async Task An_empty_list_says_so_and_escape_closes_it()
    {
        var page = Render<DemoPage>();
        await Icon(page, 0).ClickAsync();
        Assert.Contains("Nobody new yet", page.Find(".list").TextContent, StringComparison.Ordinal);
        await page.Find(".spot").KeyDownAsync("Escape");
        Assert.Empty(page.FindAll(".list"));
    }

    private static IElement Icon(IRenderedComponent<DemoPage> page, int at) => page.FindAll(".trio button")[at];

    private static async Task ReceiveAsync(IRenderedComponent<DemoPage> page, int at, params string[] ids)
    {
        var (badge, received) = (page.FindComponents<NotificationBadge>()[at].Instance, 0);
        // As many at once as the script sends.
        foreach (var some in ids.Chunk(50))
            await badge.ReceiveAsync(new(1, ids.Length, ids.Length, 0, received += some.Length, [.. some.Select(id => new BadgeNotification(id, "message", ["t"], $"Title {id}", null, "info", null, DateTimeOffset.UnixEpoch, null))], 0, [], null));
    }

    private static Task ReceiveAsync(IRenderedComponent<DemoPage> page, int at, BadgeState state) =>
        page.FindComponents<NotificationBadge>()[at].Instance.ReceiveAsync(new(1, 0, 0, 0, 0, [], 0, [], state));

    /// <summary>The changes number <paramref name="first"/> and following of this badge.</summary>
    private static Task ChangeAsync(IRenderedComponent<DemoPage> page, int at, int count, int first, params BadgeChange[] changes) =>
        page.FindComponents<NotificationBadge>()[at].Instance.ReceiveAsync(new(1, count, count, 0, 0, [], first + changes.Length - 1, changes, null));
}
