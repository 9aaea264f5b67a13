using System.Net;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What was fired by mistake.</summary>
public sealed class UndoTests(Browsers browsers, SharedHub shared) : UndoTest(browsers, shared), IClassFixture<SharedHub>
{
    [Fact]
    public async Task Demo_follows_updates_and_retracts_and_does_not_count_them_again_after_a_reload()
    {
        var page = await OpenDemoAsync();
        var list = page.GetByRole(AriaRole.Region, new() { Name = "People" });
        var log = page.GetByRole(AriaRole.Log, new() { Name = "Last events" });
        using var published = await Hub.AskToPublishAsync(new { topic = Topic, title = "Bob lives here now" });
        var place = published.Headers.Location!.OriginalString;
        await Expect(Icon(page, "People, 1 new neighbour")).ToBeVisibleAsync();

        using var changed = await Hub.AskAsync(HttpMethod.Patch, place, new { title = "Bob and Ida live here now" });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await Expect(log).ToContainTextAsync("event: hub.update");
        await Expect(Icon(page, "People, 1 new neighbour")).ToBeVisibleAsync();
        await Icon(page, "People, 1 new neighbour").ClickAsync();
        await Expect(list.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["Bob and Ida live here now"]);
        await page.Keyboard.PressAsync("Escape");
        await Expect(list).Not.ToBeVisibleAsync();

        using var second = await Hub.AskToPublishAsync(new { topic = Topic, title = "Saga lives here now" });
        await Expect(Icon(page, "People, 1 new neighbour")).ToBeVisibleAsync();
        using var gone = await Hub.AskAsync(HttpMethod.Delete, second.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        await Expect(Icon(page, "People")).ToBeVisibleAsync();
        await Expect(log).ToContainTextAsync($"data: {{\"id\":\"{second.Headers.Location.OriginalString.Split('/')[^1]}\",\"reason\":\"retracted\"}}");
        await Icon(page, "People").ClickAsync();
        await Expect(list.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);

        // What is retracted while its list is open leaves it there and then.
        using var first = await Hub.AskAsync(HttpMethod.Delete, place);
        await Expect(list.GetByText("Nobody new yet")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        await Expect(Icon(page, "People")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Undo_countdown_pauses_while_focused_and_the_card_offers_Undo_afterwards()
    {
        var page = await OpenSignedInAsync("/compose");
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await FireByMouseAsync(page, "Everything at half the price");
        await Offer(page).FocusAsync();
        await Expect(page.Locator(".undo i")).ToBeHiddenAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.undo i').getAnimations()[0].playState === 'paused'");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).FocusAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('.undo i').getAnimations()[0].playState === 'running'");
        // The word without the figure: it is the card's.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ctrl_Z_retracts_outside_fields_and_undoes_typing_inside_a_field()
    {
        var page = await OpenSignedInAsync("/compose");
        await FireByMouseAsync(page, "Everything at half the price");
        var title = page.GetByRole(AriaRole.Textbox, new() { Name = "Title" });
        await title.PressAsync("End");
        await page.Keyboard.TypeAsync("!");
        await page.Keyboard.PressAsync("Control+z");
        await Expect(title).Not.ToHaveValueAsync("Everything at half the price!");
        await Expect(Offer(page)).ToBeVisibleAsync();
        await title.BlurAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.GetByText("Retracted.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Retracted: nobody sees it any more")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Fire_button_does_not_move_when_the_Undo_offer_appears(int width)
    {
        var page = await OpenSignedInAsync("/compose");
        await page.SetViewportSizeAsync(width, 844);
        var title = $"Everything at half the price, {width}";
        await ComposeAsync(page, "orders/1", title);
        var fire = page.GetByRole(AriaRole.Button, new() { NameRegex = FireName() });
        var before = await fire.BoundingBoxAsync();
        await fire.ClickAsync();
        await Expect(Offer(page)).ToBeVisibleAsync();
        // While it fires it is wider by its spinner.
        await Expect(fire).Not.ToHaveAttributeAsync("aria-disabled", "true");
        var after = await fire.BoundingBoxAsync();
        Assert.Equal((before!.X, before.Y, before.Width), (after!.X, after.Y, after.Width));
        // The next one can be fired at once.
        await fire.ClickAsync();
        await page.GotoAsync("/history");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = title })).ToHaveCountAsync(2);
    }
}
