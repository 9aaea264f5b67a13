using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeFromHistoryTests : ComposeContext
{
    [Fact]
    public async Task Everything_is_filled_in_and_nothing_is_fired()
    {
        var fired = await Store.Hub.PublishAsync(
            new() { Topics = ["orders/1", "stores/1"], Title = "Paid", Body = "In full", Severity = Severity.Success, Private = true, Tags = ["card"], Actions = [new("Track", "/track")] },
            "shop", Xunit.TestContext.Current.CancellationToken);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"compose?from={fired.Id}");
        var page = await OpenAsync();
        Assert.Equal(("orders/1", "Paid"), (page.Find("#topic").GetAttribute("value"), page.Find("#title").GetAttribute("value")));
        Assert.Equal(("stores/1", "card", "Track"), (page.Find("#topics-more").GetAttribute("value"), page.Find("#tags").GetAttribute("value"), page.Find("#action-1").GetAttribute("value")));
        Assert.True(page.Find("#private").HasAttribute("checked"));
        Assert.True(page.Find("details.more").HasAttribute("open"));
        Assert.Contains("Filled in from the history. Nothing is fired yet.", Text(page, ".notice[role=status]"), StringComparison.Ordinal);
        Assert.Single(await StoredAsync());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("abcd0000-99")]
    public async Task What_is_not_there_is_said(string id)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"compose?from={id}");
        var page = await OpenAsync();
        Assert.Contains("is not in the history", Text(page, ".notice[role=status]"), StringComparison.Ordinal);
        Assert.Equal("", page.Find("#title").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Last_fired_leads_to_each_of_the_last_ones()
    {
        var fired = await Store.Hub.PublishAsync(new() { Topics = ["orders/1"], Title = "Paid" }, "shop", Xunit.TestContext.Current.CancellationToken);
        var page = await OpenAsync();
        await page.Find("details.recent").TriggerEventAsync("ontoggle", EventArgs.Empty);
        Assert.Equal($"compose?from={fired.Id}", page.Find("details.recent li a").GetAttribute("href"));
    }

    [Fact]
    public async Task Clear_empties_the_fields_and_can_be_undone()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders/1", "Paid");
        await page.FindAll(".head button").Single(b => Words(b) == "Clear").ClickAsync();
        Assert.Equal("", page.Find("#title").GetAttribute("value") ?? "");
        await page.FindAll(".notice button").Single(b => Words(b) == "Undo").ClickAsync();
        Assert.Equal("Paid", page.Find("#title").GetAttribute("value"));
    }
}
