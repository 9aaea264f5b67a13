using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>One of the history in its drawer, and firing it again.</summary>
public sealed partial class HistoryDrawerTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    [Fact]
    public async Task Drawer_shows_the_details_steps_through_the_list_and_returns_the_focus_on_close()
    {
        await Hub.PublishAsync(new { topic = "orders/1", title = "First" });
        using var published = await Hub.AskToPublishAsync(new { topic = new[] { "orders/2", "stores/1" }, title = "Second", body = "Two\nlines", tags = new[] { "parcel" }, data = new { a = 1 } });
        var id = published.Headers.Location!.OriginalString.Split('/')[^1];
        var page = await OpenSignedInAsync("/history");
        var second = page.GetByRole(AriaRole.Button, new() { Name = "Second" });
        var exact = page.GetByRole(AriaRole.Row).Filter(new() { Has = second }).GetByText(ExactTime());
        await Expect(exact).ToBeHiddenAsync();
        await second.FocusAsync();
        await Expect(exact).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        var drawer = page.GetByRole(AriaRole.Dialog, new() { Name = "Second" });
        await Expect(drawer).ToBeFocusedAsync();
        await Expect(drawer.GetByText(ExactTime())).ToBeVisibleAsync();
        await Expect(drawer.GetByText("stores/1", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(drawer.GetByText("event: notification").First).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"id={id}$"));
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "First" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "First" }).GetByRole(AriaRole.Button, new() { Name = "Newer one" }).ClickAsync();
        await Expect(drawer).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToHaveCountAsync(0);
        await Expect(second).ToBeFocusedAsync();
        await page.GotoAsync("/history?id=abcd0000-99");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Not in the history" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Fire_again_opens_Compose_with_the_title_filled_in_and_fires_a_second_copy()
    {
        await Hub.PublishAsync(new { topic = "orders/1", title = "Your parcel is on its way" });
        var page = await OpenSignedInAsync("/history");
        await page.GetByRole(AriaRole.Button, new() { Name = "Your parcel is on its way" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Fire again" }).ClickAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("Your parcel is on its way");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).PressAsync("Control+Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open in History" }).ClickAsync();
        await Expect(Rows(page).Filter(new() { HasText = "Your parcel is on its way" })).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Curl_command_in_the_drawer_publishes_again_even_with_shell_characters_in_the_title()
    {
        const string awkward = "It's \"$HOME\" `id` \\ 100% & <b> ; 'done'";
        await Hub.PublishAsync(new { topic = new[] { "orders/1", "a b" }, title = awkward, body = "two\nlines", data = "it's" });
        var page = await OpenSignedInAsync("/history");
        await page.GetByRole(AriaRole.Button, new() { Name = awkward }).ClickAsync();
        var line = (await page.Locator("#curl").TextContentAsync())!;
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", line + " -sf -o /dev/null -m 10"]) { Environment = { ["KEY"] = HubProcess.ApiKey } })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = awkward })).ToHaveCountAsync(2);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Copy as curl" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Retract_asks_for_confirmation_and_keeps_the_focus_in_the_drawer_for_every_answer()
    {
        await Hub.PublishAsync(new { topic = "orders/1", type = "offer", title = "Half the price" });
        var page = await OpenSignedInAsync("/history");
        await page.GetByRole(AriaRole.Button, new() { Name = "Half the price" }).ClickAsync();
        var drawer = page.GetByRole(AriaRole.Dialog, new() { Name = "Half the price", Exact = true });
        var question = page.GetByRole(AriaRole.Dialog).Filter(new() { HasText = "This cannot be undone." });
        var retract = drawer.GetByRole(AriaRole.Button, new() { Name = "Retract…" });
        // Else its own focus comes after that of the button.
        await Expect(drawer).ToBeFocusedAsync();
        foreach (var answer in new[] { "Escape", "Enter" })
        {
            await retract.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(question.GetByRole(AriaRole.Button, new() { Name = "Keep it" })).ToBeFocusedAsync();
            await page.Keyboard.PressAsync(answer);
            await Expect(question).ToHaveCountAsync(0);
            await Expect(drawer).ToBeVisibleAsync();
            await Expect(retract).ToBeFocusedAsync();
        }
        await retract.ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Retract", Exact = true }).ClickAsync();
        await Expect(question).ToHaveCountAsync(0);
        var retracted = page.GetByRole(AriaRole.Dialog, new() { Name = $"Retracted by {OperatorName}" });
        await Expect(retracted).ToBeFocusedAsync();
        await Expect(retracted.GetByText("offer", new() { Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"offer Retracted by {OperatorName}" })).ToBeFocusedAsync();
    }

    private static ILocator Rows(IPage page) => page.GetByRole(AriaRole.Table).Locator("tbody").GetByRole(AriaRole.Row);

    [GeneratedRegex(@"^\d+ \w+ \d{4}, \d\d:\d\d:\d\d \S+$")]
    private static partial Regex ExactTime();
}
