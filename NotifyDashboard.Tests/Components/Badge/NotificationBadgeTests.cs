using Bunit;
using Microsoft.JSInterop;
using NotifyDashboard.Components.Badge;

namespace NotifyDashboard.Tests.Components.Badge;

public sealed class NotificationBadgeTests : BunitContext
{
    private readonly BunitJSModuleInterop _module, _listener;

    public NotificationBadgeTests()
    {
        _module = JSInterop.SetupModule("./Components/Badge/NotificationBadge.razor.js");
        _listener = _module.SetupModule("start", _ => true);
        _listener.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Badge_is_absent_before_the_first_delivery()
    {
        var badge = Render<NotificationBadge>(p => p.AddChildContent("<i>icon</i>"));
        Assert.Empty(badge.FindAll(".badge"));
        Assert.Equal("icon", badge.Find("i").TextContent);
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(99, "99")]
    [InlineData(100, "99+")]
    [InlineData(1_000_000, "99+")]
    public async Task Badge_shows_the_count_up_to_its_maximum(int count, string shown)
    {
        var badge = Render<NotificationBadge>();
        await badge.Instance.ReceiveAsync(Delivery(count));
        Assert.Equal(shown, badge.Find(".badge").TextContent);
        Assert.Equal(count, badge.Instance.Count);
    }

    [Fact]
    public async Task Badge_is_hidden_when_the_count_returns_to_zero()
    {
        var badge = Render<NotificationBadge>();
        await badge.Instance.ReceiveAsync(Delivery(3));
        await badge.Instance.ReceiveAsync(Delivery(0));
        Assert.Empty(badge.FindAll(".badge"));
    }

    [Fact]
    public async Task Badge_announces_its_count_in_words_and_hides_the_figure_from_screen_readers()
    {
        var badge = Render<NotificationBadge>(p => p.Add(b => b.Label, "unread messages"));
        await badge.Instance.ReceiveAsync(Delivery(3));
        Assert.Equal("3 unread messages", badge.Find("[role=status]").TextContent);
        Assert.Equal("3 unread messages", badge.Find(".seat").GetAttribute("title"));
        Assert.Equal("true", badge.Find(".badge").GetAttribute("aria-hidden"));
    }

    [Fact]
    public async Task Badge_announces_the_count_that_the_browser_reports_as_spoken()
    {
        var badge = Render<NotificationBadge>();
        await badge.Instance.ReceiveAsync(Delivery(7) with { Spoken = 2 });
        Assert.Equal("2 unread notifications", badge.Find("[role=status]").TextContent);
        Assert.Equal("7", badge.Find(".badge").TextContent);
    }

    [Fact]
    public async Task A_batch_raises_each_notification_in_order()
    {
        var got = new List<string>();
        var badge = Render<NotificationBadge>(p => p.Add(b => b.OnNotification, n => got.Add(n.Id)));
        await badge.Instance.ReceiveAsync(Delivery(2, received: 2, "e-1", "e-2"));
        Assert.Equal(["e-1", "e-2"], got);
    }

    [Fact]
    public async Task A_repeated_delivery_raises_only_what_is_new_in_it()
    {
        var got = new List<string>();
        var badge = Render<NotificationBadge>(p => p.Add(b => b.OnNotification, n => got.Add(n.Id)));
        await badge.Instance.ReceiveAsync(Delivery(2, received: 2, "e-1", "e-2"));
        await badge.Instance.ReceiveAsync(Delivery(3, received: 3, "e-1", "e-2", "e-3"));
        await badge.Instance.ReceiveAsync(Delivery(3, received: 3, "e-1", "e-2", "e-3"));
        Assert.Equal(["e-1", "e-2", "e-3"], got);
    }

    [Fact]
    public async Task Changes_are_raised_after_their_notifications_in_order_and_once()
    {
        var got = new List<string>();
        var badge = Render<NotificationBadge>(p => p.Add(b => b.OnNotification, n => got.Add($"new {n.Id}"))
            .Add(b => b.OnUpdated, u => got.Add($"{u.Notification.Id} is {u.Notification.Title}")).Add(b => b.OnRetracted, r => got.Add($"{r.Id} {r.Reason}")));
        var delivery = Delivery(1, received: 2, "e-1", "e-2");
        BadgeChange updated = new(new("e-3", delivery.Notifications[0] with { Title = "New" }, DateTimeOffset.UnixEpoch), null);
        BadgeChange retracted = new(null, new("e-4", "e-2", "retracted"));
        await badge.Instance.ReceiveAsync(delivery with { Changed = 1, Changes = [updated] });
        await badge.Instance.ReceiveAsync(delivery with { Changed = 2, Changes = [updated, retracted] });
        await badge.Instance.ReceiveAsync(delivery with { Changed = 2, Changes = [updated, retracted] });
        await badge.Instance.ReceiveAsync(delivery);
        Assert.Equal(["new e-1", "new e-2", "e-1 is New", "e-2 retracted"], got);
    }

    [Fact]
    public async Task Failing_OnNotification_handler_is_not_called_again_for_the_same_notification()
    {
        var asked = 0;
        var badge = Render<NotificationBadge>(p => p.Add(b => b.OnNotification, _ => { asked++; throw new InvalidOperationException("page"); }));
        await badge.Instance.ReceiveAsync(Delivery(1, received: 1, "e-1"));
        await badge.Instance.ReceiveAsync(Delivery(1, received: 1, "e-1"));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Oversized_or_malformed_delivery_is_ignored()
    {
        var got = 0;
        var badge = Render<NotificationBadge>(p => p.Add(b => b.OnNotification, _ => got++));
        var fair = Delivery(1, received: 1, "e-1");
        var one = fair.Notifications[0];
        var text = new string('x', 20_000);
        BadgeNotification[][] hostile =
        [
            [one with { Data = text }], [one with { Id = text }], [one with { Topics = [text] }], [one with { Topics = new string[20_000] }],
            [.. Enumerable.Repeat(one, 51)], [null!], [one with { Topics = null! }], null!,
        ];
        foreach (var notifications in hostile) await badge.Instance.ReceiveAsync(fair with { Received = 100, Count = 9, Notifications = notifications });
        BadgeRetract over = new("e-2", "e-1", "retracted");
        BadgeUpdate changed = new("e-2", one, DateTimeOffset.UnixEpoch);
        BadgeChange[][] hostileChanges =
        [
            [new(null, over with { Reason = text })], [new(changed with { Notification = one with { Data = text } }, null)], [new(changed, over)], [new(null, null)],
            [.. Enumerable.Repeat(new BadgeChange(null, over), 51)], [null!], [new(null, over with { Id = null! })], [new(changed with { Notification = null! }, null)], null!,
        ];
        foreach (var changes in hostileChanges) await badge.Instance.ReceiveAsync(fair with { Received = 100, Count = 9, Changed = 100, Changes = changes });
        await badge.Instance.ReceiveAsync(null!);
        Assert.Equal((0, 0), (got, badge.Instance.Count));
        await badge.Instance.ReceiveAsync(fair);
        Assert.Equal(1, got);
    }

    [Fact]
    public async Task Delivery_raises_OnStateChanged_and_CountChanged()
    {
        BadgeState? state = null;
        var count = 0;
        var badge = Render<NotificationBadge>(p => p.Add(b => b.OnStateChanged, s => state = s).Add(b => b.CountChanged, c => count = c));
        var live = new BadgeState(BadgeStatus.Live, DateTimeOffset.UnixEpoch, 1);
        await badge.Instance.ReceiveAsync(Delivery(5) with { State = live });
        Assert.Equal((live, 5), (state, count));
    }

    [Fact]
    public async Task ClearAsync_clears_the_browser_count_and_the_rendered_badge()
    {
        var badge = Render<NotificationBadge>();
        await badge.Instance.ReceiveAsync(Delivery(5));
        await badge.InvokeAsync(badge.Instance.ClearAsync);
        _listener.VerifyInvoke("clear");
        Assert.Equal(0, badge.Instance.Count);
        Assert.Empty(badge.FindAll(".badge"));
    }

    [Fact]
    public async Task Changed_topics_close_the_old_listener_and_start_a_new_one()
    {
        var got = new List<string>();
        var badge = Render<NotificationBadge>(p => p.Add(b => b.Topics, "a").Add(b => b.OnNotification, n => got.Add(n.Id)));
        badge.Render(p => p.Add(b => b.Topics, "a b"));
        Assert.Equal(["a", "a b"], _module.Invocations["start"].Select(i => i.Arguments[2]));
        _listener.VerifyInvoke("close");
        await badge.Instance.ReceiveAsync(Delivery(1, received: 1, "e-1"));
        Assert.Empty(got);
    }

    [Fact]
    public void Rendering_again_does_not_start_another_listener()
    {
        var badge = Render<NotificationBadge>(p => p.Add(b => b.Topics, "a"));
        badge.Render(p => p.Add(b => b.Label, "new orders"));
        Assert.Single(_module.Invocations["start"]);
    }

    [Fact]
    public void Reading_parameter_is_sent_to_the_browser_only_when_it_changes()
    {
        var badge = Render<NotificationBadge>(p => p.Add(b => b.Reading, true));
        badge.Render(p => p.Add(b => b.Reading, true));
        badge.Render(p => p.Add(b => b.Reading, false));
        Assert.Equal([true, false], _listener.Invocations["reading"].Select(i => i.Arguments[0]));
    }

    [Fact]
    public async Task Disposal_closes_the_listener_and_lets_go_of_the_component()
    {
        var badge = Render<NotificationBadge>().Instance;
        var self = (DotNetObjectReference<NotificationBadge>)_module.Invocations["start"][0].Arguments[0]!;
        await DisposeComponentsAsync();
        _listener.VerifyInvoke("close");
        Assert.Throws<ObjectDisposedException>(() => self.Value);
        await badge.ReceiveAsync(Delivery(3));
        Assert.Equal(0, badge.Count);
    }

    [Fact]
    public async Task Disposal_after_the_circuit_has_disconnected_does_not_throw()
    {
        _listener.SetupVoid("close").SetException(new JSDisconnectedException("gone"));
        Render<NotificationBadge>();
        var self = (DotNetObjectReference<NotificationBadge>)_module.Invocations["start"][0].Arguments[0]!;
        await DisposeComponentsAsync();
        Assert.Throws<ObjectDisposedException>(() => self.Value);
    }

    private static BadgeDelivery Delivery(int count, long received = 0, params string[] ids) => new(1, count, count, 0, received,
        [.. ids.Select(id => new BadgeNotification(id, "notification", ["a"], "Title", null, "info", null, DateTimeOffset.UnixEpoch, null))], 0, [], null);
}
