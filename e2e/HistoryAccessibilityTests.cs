using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What axe finds in the history's states, in both themes and on a phone.</summary>
public sealed class HistoryAccessibilityTests(Browsers browsers) : HubTest(browsers)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task History_states_have_no_serious_axe_violation_on_desktop_and_phone(int width)
    {
        await Hub.PublishAsync(new { topic = "orders/1", title = "Your parcel is on its way", severity = "warning", tags = new[] { "parcel" } });
        await Hub.PublishAsync(new { topic = "ferries", type = "position", data = new { lat = 59.3 } });
        var page = await OpenSignedInAsync("/history?q=nowhere&topic=a*b");
        await page.SetViewportSizeAsync(width, 844);
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
        await PageCheck.RunAsync(page, "no match, with an error");
        await page.GotoAsync("/history?severity=warning");
        await Expect(Live(page)).ToBeVisibleAsync();
        await PageCheck.RunAsync(page, "filtered");
        await page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Tags" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Tags" })).ToBeCheckedAsync();
        await PageCheck.RunAsync(page, "columns");
        await page.GotoAsync("/history");
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Your parcel is on its way" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeFocusedAsync();
        await PageCheck.RunAsync(page, "drawer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retract…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep it" })).ToBeFocusedAsync();
        await PageCheck.RunAsync(page, "question");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retract", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = $"Retracted by {OperatorName}" })).ToBeFocusedAsync();
        await PageCheck.RunAsync(page, "drawer of a retracted one");
    }
}
