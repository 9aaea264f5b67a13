using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>The inbox of somebody whom the application does not know.</summary>
public sealed class InboxSignedOutTests(Browsers browsers) : InboxTest(browsers)
{
    [Fact]
    public async Task Signed_out_inbox_lists_notifications_published_since_the_page_was_opened()
    {
        var page = await OpenInboxAsync("<notify-inbox toasts=\"off\"></notify-inbox>");
        await Hub.PublishAsync(new { title = "The ferry runs again" });
        await Expect(Badge(page)).ToHaveTextAsync("1");
        await Bell(page).ClickAsync();
        await Expect(Panel(page).GetByText("You are not signed in.")).ToBeVisibleAsync();
        await Expect(Row(page, "The ferry runs again")).ToBeVisibleAsync();
        await Expect(Panel(page).GetByRole(AriaRole.Tab, new() { Name = "Archived" })).ToBeHiddenAsync();
        await Expect(Badge(page)).ToBeHiddenAsync();
    }
}
