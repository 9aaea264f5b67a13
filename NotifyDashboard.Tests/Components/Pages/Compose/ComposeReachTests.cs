using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeReachTests : ComposeContext
{
    [Fact]
    public async Task Empty_compose_page_shows_no_result_no_alert_and_a_preview_hint()
    {
        var page = await OpenAsync();
        Assert.Empty(page.FindAll(".result, .mud-alert"));
        Assert.Contains("The event appears here as soon as there is a title or data.", Text(page, ".prev"), StringComparison.Ordinal);
        Assert.StartsWith("Nobody is connected to the default topic now.", Text(page, "#reach"), StringComparison.Ordinal);
        Assert.StartsWith("Fire", Words(FireButton(page)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Nobody is connected to this topic now. Past visitors receive it when they return.", "Fire")]
    [InlineData(1, "1 connection now", "Fire to 1 connection")]
    [InlineData(1_200, "1,200 connections now", "Fire to 1,200 connections")]
    public async Task Reach_is_shown_beside_the_topic_and_on_the_fire_button(int connections, string words, string button)
    {
        await Store.PublishAsync("A first one", "orders");
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Listener.JoinAsync(Store.Hub, "orders")));
        var page = await OpenAsync();
        await TypeAsync(page, "topic", "orders");
        page.WaitForAssertion(() => Assert.Equal((words, button), (Text(page, "#reach"), FireWords(page))));
    }

    [Theory]
    [InlineData("anna:2 bert:1", "2 people in 3 tabs now", "Fire to 2 people")]
    [InlineData("anna:1 anna:3", "1 person in 4 tabs now", "Fire to 1 person")]
    [InlineData("anna:1 bert:1 :1 :1", "2 people and 2 connections in 4 tabs now", "Fire to 2 people and 2 connections")]
    [InlineData("anna:1 :1", "1 person and 1 connection in 2 tabs now", "Fire to 1 person and 1 connection")]
    [InlineData(":3 :1", "2 connections in 4 tabs now", "Fire to 2 connections")]
    public async Task Reach_counts_each_person_once_and_their_tabs_separately(string streams, string words, string button)
    {
        foreach (var stream in streams.Split(' ').Select(s => s.Split(':')))
        {
            var listener = await Listener.JoinAsync(Store.Hub, "orders");
            listener.Subscriber.Presence = new(stream[0].Length > 0 ? stream[0] : null, [.. Enumerable.Repeat(new TabPresence("/", true), int.Parse(stream[1], System.Globalization.CultureInfo.InvariantCulture))]);
        }
        var page = await OpenAsync();
        await TypeAsync(page, "topic", "orders");
        page.WaitForAssertion(() => Assert.Equal((words, button), (Text(page, "#reach"), FireWords(page))));
    }

    [Fact]
    public async Task Broadcast_reaches_everyone_on_the_default_topic()
    {
        await Listener.JoinAsync(Store.Hub, "broadcast");
        var page = await OpenAsync();
        await TypeAsync(page, "topic", "broadcast");
        page.WaitForAssertion(() => Assert.Equal("1 connection now: everyone on the default topic", Text(page, "#reach")));
    }

    [Fact]
    public async Task Reach_is_updated_when_a_subscriber_joins_while_the_page_is_open()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("compose?topic=orders/1");
        var page = await OpenAsync();
        Assert.Equal("orders/1", page.Find("#topic").GetAttribute("value"));
        await Listener.JoinAsync(Store.Hub, "orders/1");
        NextRefresh();
        page.WaitForAssertion(() => Assert.Equal("1 connection now", Text(page, "#reach")));
    }

    [Fact]
    public async Task Topics_with_the_typed_prefix_are_suggested_with_their_reach()
    {
        await Store.PublishAsync("old", "orders/1");
        await Listener.JoinAsync(Store.Hub, "orders/2");
        var page = await OpenAsync();
        await TypeAsync(page, "topic", "orders");
        page.WaitForAssertion(() => Assert.Equal([("orders/1", "nobody connected"), ("orders/2", "1 connection")], page.FindAll("#topics option").Select(o => (o.GetAttribute("value")!, Words(o)))));
    }

    [Fact]
    public async Task Topic_without_publishers_or_subscribers_shows_a_spelling_warning()
    {
        await Store.PublishAsync("old", "orders/1");
        await Listener.JoinAsync(Store.Hub, "orders/2");
        var page = await OpenAsync();
        await TypeAsync(page, "topic", "orderz/1");
        page.WaitForAssertion(() => Assert.Equal("Nobody has used or listened to orderz/1 yet. Check the spelling; firing creates it.", Text(page, "#reach")));
        foreach (var known in new[] { "orders/1", "orders/2", "", "broadcast" })
        {
            await TypeAsync(page, "topic", known);
            page.WaitForAssertion(() => Assert.DoesNotContain("Check the spelling", Text(page, "#reach"), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Compose_page_keeps_working_when_the_hub_stops()
    {
        var page = await OpenAsync();
        await Store.Hub.DisposeAsync();
        NextRefresh();
        await TypeAsync(page, "topic", "orders");
        Assert.Equal("orders", page.Find("#topic").GetAttribute("value"));
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }
}
