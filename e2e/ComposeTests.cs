using System.Globalization;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What an operator does in Compose beside the main job.</summary>
public sealed class ComposeTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    [Fact]
    public async Task Firing_a_broadcast_needs_confirmation_and_Escape_returns_to_the_title()
    {
        var listener = await OpenWindowAsync("/demo");
        await Expect(listener.GetByRole(AriaRole.Heading, new() { Name = "Connected" })).ToBeVisibleAsync();
        var page = await OpenSignedInAsync("/compose?topic=broadcast");
        var title = page.GetByRole(AriaRole.Textbox, new() { Name = "Title" });
        await title.FillAsync("The ferry runs again");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" })).ToBeVisibleAsync();
        await title.PressAsync("Control+Enter");
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "Fire to 1 connection now?" });
        await Expect(question.GetByRole(AriaRole.Button, new() { Name = "Keep editing" })).ToBeFocusedAsync();
        await Expect(question.GetByText("The ferry runs again")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");
        await Expect(question).ToBeHiddenAsync();
        await Expect(title).ToBeFocusedAsync();
        await Expect(title).ToHaveValueAsync("The ferry runs again");

        await title.PressAsync("Control+Enter");
        await question.GetByRole(AriaRole.Button, new() { Name = "Fire to 1 connection" }).ClickAsync();
        await Expect(page.GetByText("Fired to 1 connection.")).ToBeVisibleAsync();
        await Expect(Icon(listener, "Notifications, 1 unread notification")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Compose_draft_survives_a_reload_and_navigation_until_it_is_fired()
    {
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "orders/1", "Half a sentence");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Warning" }).CheckAsync();
        await page.GetByText("Further topics, icon, tags").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a button" }).ClickAsync();
        await page.GetByLabel("Button 1", new() { Exact = true }).FillAsync("Track parcel");
        await TypeWordsAsync(page, "Tags", "parcel,express,");
        await page.ChooseAsync("Expires", "In an hour");
        await page.GetByLabel("Private:").CheckAsync();
        await page.ReloadAsync();
        await ExpectDraftAsync(page);
        await page.GotoAsync("/history");
        await Expect(Live(page)).ToBeVisibleAsync();
        await page.GotoAsync("/compose");
        await ExpectDraftAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove button 1" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fire Ctrl" }).ClickAsync();
        await Expect(page.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Editing_after_firing_saves_the_whole_Compose_form_as_a_draft()
    {
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "orders/1", "First");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Critical" }).CheckAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).FillAsync("Second");
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" })).ToHaveValueAsync("orders/1");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Critical" })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Cleared_form_restored_by_Undo_is_saved_as_a_draft()
    {
        var page = await OpenSignedInAsync("/compose?topic=orders/1");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).FillAsync("Paid");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).DblClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("Paid");
        // Once it is kept.
        await page.WaitForFunctionAsync("() => Object.values(sessionStorage).some(draft => draft.includes('orders/1') && draft.includes('Paid'))");
        await page.ReloadAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("Paid");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" })).ToHaveValueAsync("orders/1");
    }

    [Fact]
    public async Task Markup_in_the_title_is_shown_as_text_in_the_preview()
    {
        const string markup = "<img src=x onerror=alert(1)>";
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "orders/1", markup);
        var preview = page.GetByRole(AriaRole.Region, new() { Name = "Preview" });
        await Expect(preview.GetByText(markup, new() { Exact = true })).ToHaveCountAsync(3);
        await Expect(preview.Locator("img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Paste_of_60_kB_is_fired_and_a_paste_of_2_MB_is_refused_with_a_message()
    {
        var page = await OpenSignedInAsync("/compose");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Raw data" }).CheckAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" }).FillAsync("orders/1");
        var data = page.GetByRole(AriaRole.Textbox, new() { Name = "Data, as it goes out" });
        await PasteAsync(page, data, 60_000);
        await Expect(page.GetByText("60,000 / 65,536 bytes")).ToBeVisibleAsync();

        await PasteAsync(page, data, 2_000_000);
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Not pasted: that has 2,000,000 characters." })).ToBeVisibleAsync();
        await PasteAsync(page, data, 200_000);
        await Expect(page.GetByText("260,000 / 65,536 bytes: too many")).ToBeVisibleAsync();
        await data.PressAsync("Control+z");
        await Expect(page.GetByText("60,000 / 65,536 bytes")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fire Ctrl" }).ClickAsync();
        await Expect(page.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Choosing_a_recently_fired_notification_fills_the_Compose_form()
    {
        await Hub.PublishAsync(new { topic = "orders/1", title = "By an application" });
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "orders/1", "Your parcel is on its way");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Success" }).CheckAsync();
        await page.GetByText("Further topics, icon, tags").ClickAsync();
        await TypeWordsAsync(page, "Further topics", "stores/1");
        await TypeWordsAsync(page, "Tags", "parcel,");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Recently fired" }).ClickAsync();
        await Expect(page.GetByText("All in History")).ToBeVisibleAsync();
        await Expect(page.GetByText("By an application")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Menuitem).Filter(new() { HasText = "Your parcel is on its way" }).ClickAsync();
        await Expect(page.GetByText("Filled in from the history. Nothing is fired yet.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("Your parcel is on its way");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Further topics" }).GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["stores/1"]);
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Tags" }).GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["parcel"]);
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Success" })).ToBeCheckedAsync();
    }

    private static async Task ExpectDraftAsync(IPage page)
    {
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Title" })).ToHaveValueAsync("Half a sentence");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Warning" })).ToBeCheckedAsync();
        await Expect(page.GetByLabel("Button 1", new() { Exact = true })).ToHaveValueAsync("Track parcel");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Tags" }).GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["parcel", "express"]);
        await Expect(page.Select("Expires")).ToHaveValueAsync("In an hour");
        await Expect(page.GetByLabel("Private:")).ToBeCheckedAsync();
        // The server has it too: the preview is its.
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Preview" }).GetByText("Half a sentence").First).ToBeVisibleAsync();
    }

    // By the keyboard: the separator ends a word before the server answers.
    private static async Task TypeWordsAsync(IPage page, string label, string words)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = label }).FocusAsync();
        await page.Keyboard.TypeAsync(words);
    }

    // By the clipboard, as a person does.
    private static async Task PasteAsync(IPage page, ILocator field, int characters)
    {
        await page.EvaluateAsync(
            $"() => {{ const t = document.createElement('textarea'); t.value = 'x'.repeat({characters.ToString(CultureInfo.InvariantCulture)}); document.body.append(t); t.select(); document.execCommand('copy'); t.remove(); }}");
        await field.FocusAsync();
        await field.PressAsync("End");
        await field.PressAsync("Control+v");
    }
}
