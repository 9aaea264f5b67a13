using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

public sealed class FocusTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    [Theory]
    [InlineData("/compose")]
    [InlineData("/history")]
    [InlineData("/demo")]
    [InlineData("/access/operators")]
    [InlineData("/access/keys")]
    [InlineData("/audit")]
    [InlineData("/scheduled")]
    public async Task Every_focused_element_has_a_visible_focus_ring(string address)
    {
        await Hub.PublishAsync(new { topic = "demo/messages", title = "Coffee at 6:40?" });
        var page = await OpenSignedInAsync("/history");
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Main)).ToBeVisibleAsync();
        Assert.Empty(await Targets.WithoutFocusRingAsync(page));
    }

    [Fact]
    public async Task Clear_moves_the_focus_to_Undo_and_Undo_moves_the_focus_to_the_title()
    {
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "orders/1", "Paid");
        await Button(page, "Clear").PressAsync("Enter");
        await Expect(Button(page, "Undo")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Fire_button_keeps_the_focus_during_a_series_and_regains_it_when_the_series_is_stopped()
    {
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "series/1", "Stock is low");
        await page.GetByText("Fire it as a series").ClickAsync();
        await page.GetByRole(AriaRole.Spinbutton, new() { Name = "One every" }).FillAsync("60");
        await Button(page, "Fire 10").PressAsync("Enter");
        await Expect(Button(page, "1 of 10")).ToBeFocusedAsync();
        await Button(page, "Stop the series").PressAsync("Enter");
        await Expect(Button(page, "Fire 10")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Removing_a_tag_or_button_moves_the_focus_to_the_next_one_or_to_the_add_control()
    {
        var page = await OpenSignedInAsync("/compose");
        await page.GetByText("Further topics, icon, tags").ClickAsync();
        var tags = page.GetByRole(AriaRole.Textbox, new() { Name = "Tags" });
        foreach (var tag in new[] { "parcel", "express" })
        {
            await tags.FillAsync(tag);
            await tags.PressAsync("Enter");
            await Expect(Button(page, $"Remove {tag}")).ToBeVisibleAsync();
        }
        await page.Keyboard.PressAsync("Tab");
        await Expect(Button(page, "Remove parcel")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Button(page, "Remove express")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(tags).ToBeFocusedAsync();

        for (var i = 1; i <= 3; i++)
        {
            await Button(page, "Add a button").PressAsync("Enter");
            await Expect(Button(page, $"Remove button {i}")).ToBeVisibleAsync();
        }
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Button 3", Exact = true })).ToBeFocusedAsync();
        await Button(page, "Remove button 3").PressAsync("Enter");
        await Expect(Button(page, "Add a button")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Cancelling_a_scheduled_notification_moves_the_focus_to_the_next_one_or_to_the_page()
    {
        foreach (var title in new[] { "First ferry", "Second ferry" }) await Hub.PublishAsync(new { topic = "ferries", title, publishAt = DateTimeOffset.UtcNow.AddDays(1) });
        var page = await OpenSignedInAsync("/scheduled");
        await CancelAsync("First ferry");
        await Expect(Button(page, "Move Second ferry…")).ToBeFocusedAsync();
        await CancelAsync("Second ferry");
        await Expect(page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();

        async Task CancelAsync(string title)
        {
            await Button(page, $"Cancel {title}…").PressAsync("Enter");
            await Expect(Button(page, "Keep it")).ToBeFocusedAsync();
            await Button(page, "Cancel it").PressAsync("Enter");
            await Expect(Button(page, $"Cancel {title}…")).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task Clearing_all_filters_moves_the_focus_to_a_search_box()
    {
        var page = await OpenSignedInAsync("/history?q=nowhere");
        await Button(page, "Clear all").Last.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Words" })).ToBeFocusedAsync();
        await page.GotoAsync("/audit?who=nobody");
        await Expect(Live(page)).ToBeVisibleAsync();
        await Button(page, "Clear all").First.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Who" })).ToBeFocusedAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
