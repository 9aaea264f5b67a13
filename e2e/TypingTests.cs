using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What is typed faster than the server answers stays as it was typed.</summary>
public sealed class TypingTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    private const string Sentence = "The ferry to Hven leaves at 6:40 from the other quay, and takes bicycles along.";

    // The renderer may forget a handler that was replaced before a keystroke that names it has had its turn (LiveInput): none may be replaced.
    private const string RecordHandlers = """
        window.handlers = [];
        const send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (data) {
          const sent = typeof data === 'string' ? data : new TextDecoder('latin1').decode(data);
          for (const [, id] of sent.matchAll(/"eventHandlerId":(\d+),"eventName":"input"/g)) handlers.push(id);
          return send.call(this, data);
        };
        """;

    // As fast as somebody who is very good at it.
    private const int KeyMs = 12;

    [Theory]
    [InlineData("/compose", "Title")]
    [InlineData("/compose", "Text")]
    [InlineData("/history", "Words")]
    public async Task Every_keystroke_reaches_the_same_handler_and_none_is_lost(string address, string field)
    {
        using var load = new BusyLoops(4);
        var page = await OpenSignedInAsync("/audit");
        await page.AddInitScriptAsync(RecordHandlers);
        await page.GotoAsync(address);
        await Expect(Live(page)).ToBeVisibleAsync();

        var typed = page.GetByLabel(field).And(page.Locator("input, textarea"));
        await typed.FocusAsync();
        await page.Keyboard.TypeAsync(Sentence, new() { Delay = KeyMs });

        await Expect(typed).ToHaveValueAsync(Sentence);
        var handlers = await page.EvaluateAsync<string[]>("handlers");
        Assert.True(handlers.Length >= Sentence.Length);
        Assert.Single(handlers.Distinct());
        if (address == "/compose") await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Preview" }).GetByText(Sentence).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Date_and_time_typed_without_pausing_are_scheduled_as_typed()
    {
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "orders/7", Sentence);
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule…" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Date" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync($"{DateTime.Today.AddDays(1):yyyy-MM-dd}");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Time" }).FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("09:30", new() { Delay = 110 });
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status).GetByText("Scheduled for tomorrow 09:30")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/access/keys", "Name")]
    [InlineData("/access/keys", "Topics patterns, one a line")]
    [InlineData("/audit", "Who")]
    public async Task Fast_typing_on_the_keys_and_audit_pages_loses_no_character(string address, string field)
    {
        using var load = new BusyLoops(4);
        var page = await OpenSignedInAsync(address);
        await Expect(Live(page)).ToBeVisibleAsync();
        var typed = page.GetByLabel(field, new() { Exact = true });
        await typed.FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(Sentence, new() { Delay = KeyMs });
        await page.Keyboard.PressAsync("Tab");
        await Expect(typed).ToHaveValueAsync(Sentence);
    }

    [Fact]
    public async Task Topic_and_tags_typed_quickly_in_Compose_arrive_complete()
    {
        using var load = new BusyLoops(4);
        var page = await OpenSignedInAsync("/compose");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" }).FocusAsync();
        await page.Keyboard.TypeAsync("orders/48213", new() { Delay = KeyMs });
        await page.GetByText("Further topics, icon, tags").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Tags" }).FocusAsync();
        await page.Keyboard.TypeAsync("parcel,express,two words,left open", new() { Delay = KeyMs });
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).FocusAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Tags" }).GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["parcel", "express", "two words", "left open"]);
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" })).ToHaveValueAsync("orders/48213");
        await Expect(page.GetByText("orders/48213 yet.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Untouched_Compose_page_saves_no_draft()
    {
        var page = await OpenSignedInAsync("/compose");
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
    }

    [Theory]
    [InlineData("**/live.*js")] // nobody notes what is typed
    [InlineData("**/_blazor**")] // it is noted, and then the circuit draws the field
    public async Task Text_typed_before_the_page_is_live_is_kept(string late)
    {
        var page = await OpenSignedInAsync("/audit");
        var typed = new TaskCompletionSource();
        await page.RouteAsync(late, async route =>
        {
            await typed.Task;
            await route.ContinueAsync();
        });
        await page.RouteWebSocketAsync(late, async socket =>
        {
            await typed.Task;
            socket.ConnectToServer();
        });
        await page.GotoAsync("/compose", new() { WaitUntil = WaitUntilState.Commit });
        await ComposeAsync(page, "orders/7", Sentence);
        typed.SetResult();

        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Preview" }).GetByText(Sentence).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Topic" })).ToHaveValueAsync("orders/7");
        await Expect(page.GetByText("Nobody has used or listened to orders/7 yet.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("Control+Enter")]
    [InlineData("Meta+Enter")]
    public async Task Plain_Enter_does_not_fire_and_Ctrl_or_Meta_Enter_fires_or_schedules(string keys)
    {
        var page = await OpenSignedInAsync("/compose");
        await ComposeAsync(page, "orders", $"Ready {keys}");
        var title = page.GetByRole(AriaRole.Textbox, new() { Name = "Title" });
        await title.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule…" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Date" }).PressAsync(keys);
        await Expect(page.GetByText("Scheduled for").First).ToBeVisibleAsync();
        // Wherever the focus is.
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).First.PressAsync(keys);
        await Expect(page.GetByText("Stored; nobody was connected")).ToBeVisibleAsync();
        await page.GotoAsync("/history");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Ready {keys}" })).ToHaveCountAsync(1);
    }
}
