using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeFromHistoryTests : ComposeContext
{
    [Fact]
    public async Task Compose_from_history_fills_in_every_field_and_fires_nothing()
    {
        var fired = await Store.Hub.PublishAsync(
            new() { Topics = ["orders/1", "stores/1"], Title = "Paid", Body = "In full", Severity = "success", Private = true, Tags = ["card"], Actions = [new("Track", "/track")] },
            "shop", Xunit.TestContext.Current.CancellationToken);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"compose?from={fired.Id}");
        var page = await OpenAsync();
        Assert.Equal(("orders/1", "Paid"), (page.Find("#topic").GetAttribute("value"), page.Find("#title").GetAttribute("value")));
        Assert.Equal(["stores/1", "card"], page.FindAll("[role=listitem]").Select(Words));
        Assert.Equal("Track", page.Find("#action-1").GetAttribute("value"));
        Assert.True(page.FindAll("label").Single(label => Words(label).StartsWith("Private", StringComparison.Ordinal)).QuerySelector("input")!.HasAttribute("checked"));
        Assert.True(page.Find("details.more").HasAttribute("open"));
        Assert.Contains("Filled in from the history. Nothing is fired yet.", Text(page, ".mud-alert[role=status]"), StringComparison.Ordinal);
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task Recently_fired_menu_links_only_to_the_operators_own_notifications()
    {
        var fired = await Store.Hub.PublishAsync(new() { Topics = ["orders/1"], Title = "Paid" }, "mara", Xunit.TestContext.Current.CancellationToken);
        await Store.Hub.PublishAsync(new() { Topics = ["orders/1"], Title = "By an application" }, "shop", Xunit.TestContext.Current.CancellationToken);
        var page = await OpenAsync();
        await Button(page, "Recently fired").ClickAsync();
        Assert.Equal([$"compose?from={fired.Id}", "history"], Popovers.FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Clear_empties_the_fields_and_can_be_undone()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders/1", "Paid");
        await Button(page, "Clear").ClickAsync();
        Assert.Equal("", page.Find("#title").GetAttribute("value") ?? "");
        await Button(page, "Undo").ClickAsync();
        Assert.Equal("Paid", page.Find("#title").GetAttribute("value"));
    }

    [Fact]
    public async Task Clear_before_the_time_zone_is_known_can_be_undone()
    {
        var zone = JSInterop.SetupModule("./local-time.js").Setup<string>("zone");
        var page = await OpenAsync(isZoneKnown: false);
        await WriteAsync(page, "orders/1", "Paid");
        await Button(page, "Clear").ClickAsync();
        zone.SetResult("Europe/Stockholm");
        await Eventually.TrueAsync(() => Timers == 1);
        await Button(page, "Undo").ClickAsync();
        Assert.Equal("Paid", page.Find("#title").GetAttribute("value"));
    }
}
