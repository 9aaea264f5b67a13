using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>What rows and toasts show of a notification: its actions, at most two lines of its text, or an excerpt of its data.</summary>
public sealed class InboxContentTests(Browsers browsers, SharedHub shared) : InboxTest(browsers, shared)
{
    private static readonly string Long = string.Join(' ', Enumerable.Repeat("a title without an end", 8));

    [Fact]
    public async Task Toast_action_link_marks_the_notification_as_read_and_raises_the_open_event()
    {
        var page = await OpenInboxAsync();
        await page.EvaluateAsync("() => addEventListener('notify-inbox-open', e => { e.preventDefault(); document.title = `${e.detail.notification.title} ${e.detail.url}`; })");
        await Hub.PublishAsync(new { topic = OwnTopic, title = "Order 7", url = "/orders/7", actions = new[] { new { label = "Track", url = "/track" }, new { label = "Return", url = "https://shop.example/return" } }, @private = true });
        var links = Toast(page).GetByRole(AriaRole.Link);
        await Expect(links).ToHaveTextAsync(["Order 7", "Track", "Return"]);
        await Expect(links.Nth(2)).ToHaveAttributeAsync("href", "https://shop.example/return");
        await links.Nth(1).ClickAsync();
        await Expect(page).ToHaveTitleAsync($"Order 7 {Site.Address}/track");
        await Expect(page).ToHaveURLAsync($"{Site.Address}/shop");
        await Expect(Toast(page)).ToHaveCountAsync(0);
        await Bell(page).ClickAsync();
        await Expect(Row(page, "Order 7")).ToHaveAccessibleNameAsync("Order 7");
    }

    [Fact]
    public async Task Toast_action_link_navigates_to_its_URL()
    {
        var page = await OpenInboxAsync();
        await Hub.PublishAsync(new { topic = OwnTopic, title = "Order 7", actions = new[] { new { label = "Track", url = "/shop?track" } }, @private = true });
        await Toast(page).GetByRole(AriaRole.Link, new() { Name = "Track" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{Site.Address}/shop?track");
    }

    [Fact]
    public async Task Long_text_is_clipped_to_two_lines_in_toasts_and_rows_and_expands_in_the_opened_row()
    {
        var page = await OpenInboxAsync();
        await Hub.PublishAsync(new { topic = OwnTopic, title = Long, body = Long, @private = true });
        await WaitForLinesAsync(page, ".toast", "lines === 2");
        await Bell(page).ClickAsync();
        await WaitForLinesAsync(page, "article", "lines === 2");
        await Rows(page).Locator("h4 .clipped").HoverAsync();
        await Expect(Rows(page).Locator("h4 .clipped")).ToHaveAttributeAsync("title", Long);
        await Rows(page).First.ClickAsync();
        await Expect(Rows(page).First).ToHaveAccessibleNameAsync(Long); // read
        await WaitForLinesAsync(page, "article", "lines > 2");
    }

    [Fact]
    public async Task Notification_with_data_alone_shows_an_excerpt_in_toast_and_row()
    {
        var page = await OpenInboxAsync();
        // 100 family emojis: cut between two of them, never inside of one.
        var families = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 100));
        foreach (object data in new object[] { "The ferry waits", new { order = 7, state = "shipped" }, families }) await Hub.PublishAsync(new { topic = OwnTopic, data, @private = true });
        await ExpectExcerptsAsync(Toast(page));
        await Bell(page).ClickAsync();
        await ExpectExcerptsAsync(Rows(page));

        static async Task ExpectExcerptsAsync(ILocator place)
        {
            await Expect(place.Filter(new() { HasText = "The ferry waits" })).ToBeVisibleAsync();
            await Expect(place.Filter(new() { HasText = """{"order":7,"state":"shipped"}""" })).ToBeVisibleAsync();
            var cut = await place.Filter(new() { HasText = "👧" }).Locator(".clipped").TextContentAsync();
            Assert.EndsWith("👨‍👩‍👧‍👦…", cut, StringComparison.Ordinal);
            Assert.InRange(cut!.Length, 120, 141);
        }
    }

    private static ILocator Toast(IPage page) => page.GetByRole(AriaRole.Region).GetByRole(AriaRole.Group);

    private static async Task WaitForLinesAsync(IPage page, string place, string condition) => await page.WaitForFunctionAsync($$"""
        place => {
          const texts = [...document.querySelector('notify-inbox').shadowRoot.querySelectorAll(`${place} .clipped`)];
          return texts.length === 2 && texts.map(e => Math.round(e.clientHeight / parseFloat(getComputedStyle(e).lineHeight))).every(lines => {{condition}});
        }
        """, place);
}
