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
    public async Task Whatever_has_the_focus_shows_it(string address)
    {
        await Hub.PublishAsync(new { topic = "demo/messages", title = "Coffee at 6:40?" });
        var page = await OpenSignedInAsync("/history");
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Main)).ToBeVisibleAsync();
        Assert.Empty(await Targets.WithoutFocusRingAsync(page));
    }
}
