using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>What a recipient mutes, and unmutes, in the panel; and what becomes of it on other devices.</summary>
public sealed class InboxSettingsTests(Browsers browsers, SharedHub shared) : InboxTest(browsers, shared)
{
    [Fact]
    public async Task Muted_topic_is_listed_in_the_settings_and_counts_again_once_unmuted()
    {
        var page = await OpenInboxAsync();
        await PublishAsync("Order 7", Orders);
        await Bell(page).ClickAsync();
        await MuteAsync(page, "Order 7");
        var gear = Panel(page).GetByRole(AriaRole.Button, new() { Name = "Settings" });
        await gear.ClickAsync();
        await Settings(page).GetByRole(AriaRole.Button, new() { Name = $"Unmute: {Orders}" }).ClickAsync();
        await Expect(Settings(page).GetByText("Saved")).ToBeVisibleAsync();
        await Expect(Settings(page).GetByText("Nothing is muted.")).ToBeVisibleAsync();
        await Expect(Settings(page).GetByRole(AriaRole.Heading, new() { Name = "Muted" })).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");
        await Expect(gear).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(Bell(page)).ToBeFocusedAsync();
        await PublishAsync("Order 8", Orders);
        await Expect(Badge(page)).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Quiet_hours_without_the_critical_exception_are_saved_and_suppress_all_counts()
    {
        var page = await OpenInboxAsync();
        await OpenSettingsAsync(page);
        await Settings(page).GetByLabel("Quiet hours").CheckAsync();
        await Settings(page).GetByLabel("From").FillAsync("00:00");
        await Settings(page).GetByLabel("Until").FillAsync("23:59");
        await Settings(page).GetByLabel("Critical notifications always count").UncheckAsync();
        await Expect(Settings(page).GetByText("Saved")).ToBeVisibleAsync();
        await Settings(page).GetByLabel("Until").FillAsync("00:00");
        await Expect(Settings(page).GetByText("Choose two different times.")).ToBeVisibleAsync();
        await Settings(page).GetByRole(AriaRole.Button, new() { Name = "Back to the list" }).ClickAsync();

        await OpenSettingsAsync(page, again: true);
        await Expect(Settings(page).GetByLabel("Until")).ToHaveValueAsync("23:59");
        await Expect(Settings(page).GetByLabel("Critical notifications always count")).Not.ToBeCheckedAsync();
        await Expect(Settings(page).GetByText("Times are in UTC")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await PublishAsync("Quiet");
        await Hub.PublishAsync(new { topic = OwnTopic, title = "Quiet too", severity = "critical", @private = true });
        await Bell(page).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await Expect(Panel(page).GetByRole(AriaRole.Tab, new() { Name = "Unread", Exact = true })).ToBeVisibleAsync(); // without a number
    }

    [Fact]
    public async Task Settings_that_fail_to_load_or_save_show_a_message_and_succeed_on_Try_again()
    {
        var page = await OpenInboxAsync();
        await page.RouteAsync("**/api/inbox/preferences", route => route.AbortAsync());
        await OpenSettingsAsync(page);
        await Expect(Settings(page).GetByRole(AriaRole.Alert)).ToHaveTextAsync("The list did not load");
        await page.UnrouteAsync("**/api/inbox/preferences");
        await Settings(page).GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(Settings(page).GetByLabel("Quiet hours")).ToBeVisibleAsync();

        await page.RouteAsync("**/api/inbox/preferences", route => route.AbortAsync());
        await Settings(page).GetByLabel("Quiet hours").CheckAsync();
        await Expect(Settings(page).GetByText("Not saved.")).ToBeVisibleAsync();
        await page.UnrouteAsync("**/api/inbox/preferences");
        await Settings(page).GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(Settings(page).GetByText("Saved")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Settings_module_that_fails_to_load_shows_a_message_and_loads_the_next_time()
    {
        var page = await OpenInboxAsync();
        await page.RouteAsync("**/notify-inbox-settings.js*", route => route.AbortAsync());
        await OpenSettingsAsync(page);
        await Expect(Panel(page).GetByText("This part could not be loaded.")).ToBeVisibleAsync();
        await page.UnrouteAsync("**/notify-inbox-settings.js*");
        await OpenSettingsAsync(page, again: true);
        await Expect(Settings(page).GetByLabel("Quiet hours")).ToBeVisibleAsync();
        await Expect(Panel(page).GetByText("This part could not be loaded.")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Failed_mute_names_the_topic_and_succeeds_on_Try_again()
    {
        var page = await OpenInboxAsync();
        await PublishAsync("Order 7", Orders);
        await Bell(page).ClickAsync();
        await page.RouteAsync("**/api/inbox/preferences", route => route.AbortAsync());
        await MuteAsync(page, "Order 7");
        var error = Panel(page).GetByRole(AriaRole.Alert);
        await Expect(error).ToContainTextAsync($"“{Orders}” was not muted.");
        await page.UnrouteAsync("**/api/inbox/preferences");
        await error.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(error).ToBeHiddenAsync();
        await Expect(Panel(page).GetByRole(AriaRole.Tab, new() { Name = "Unread", Exact = true })).ToBeVisibleAsync(); // without a number
    }

    [Theory]
    [InlineData(1280, "lang=\"de\"")]
    [InlineData(320, "lang=\"en\" dir=\"rtl\"")]
    public async Task Axe_finds_no_violation_in_the_inbox_settings(int width, string attributes)
    {
        var page = await OpenInboxAsync(attributes: attributes, before: page => page.SetViewportSizeAsync(width, 700));
        await page.EvaluateAsync("""
            async () => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              await subscribe({ tokenUrl: '/notify-token' }).call('api/inbox/preferences', { muted: { topics: ['orders', 'a/very/long/topic/that/goes/on/and/on/for/ever'], types: ['chat'] }, quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' }, criticalBreaksThrough: true }, 'PUT');
            }
            """);
        await Bell(page).ClickAsync();
        await page.Locator("notify-inbox .head button:not([hidden])").Nth(-2).ClickAsync();
        await Expect(Settings(page).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await CheckAsync(page, "settings", $"inbox-settings-{width}");
    }

    [Fact]
    public async Task Read_and_archive_marks_from_another_device_update_a_row_far_down_the_list()
    {
        await Task.WhenAll(Enumerable.Range(1, 120).Select(i => PublishAsync($"Number {i}.")));
        var laptop = await OpenInboxAsync();
        await Bell(laptop).ClickAsync();
        await Expect(Rows(laptop).First).ToBeVisibleAsync();
        await Rows(laptop).First.FocusAsync();
        await GoToTheEndAsync(laptop);
        var oldest = await Rows(laptop).Last.EvaluateAsync<string>("row => row.getAttribute('aria-label') ?? row.querySelector('h4').textContent");
        var title = oldest[..(oldest.IndexOf('.', StringComparison.Ordinal) + 1)];
        await Expect(Row(laptop, title)).ToHaveAccessibleNameAsync($"{title}, unread");

        var phone = await OpenInboxAsync();
        await phone.EvaluateAsync("""
            async title => {
              const { subscribe } = await import(`${hubAddress}shared/notification-source.js`);
              const { call } = subscribe({ tokenUrl: '/notify-token' });
              let next = '', found;
              for (let page = await call('api/inbox?limit=100'); !(found = page.items.find(i => i.title === title)); ) page = await call(`api/inbox?limit=100&before=${encodeURIComponent(page.next)}`);
              globalThis.mark = how => call(`api/inbox/${how}`, { ids: [found.id] });
              await mark('read');
            }
            """, title);
        await Expect(Row(laptop, title)).ToHaveAccessibleNameAsync(title);
        await phone.EvaluateAsync("() => mark('archive')");
        await Expect(Row(laptop, title)).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("2026-03-02T10:00:00", true)]
    [InlineData("2026-03-02T17:30:00", false)]
    public async Task Snooze_menu_offers_this_evening_only_while_the_evening_is_still_ahead(string now, bool offered)
    {
        await PublishAsync("One");
        var page = await OpenInboxAsync();
        await page.Clock.SetFixedTimeAsync(now);
        await Bell(page).ClickAsync();
        await Row(page, "One").HoverAsync();
        await Row(page, "One").GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Tomorrow" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "This evening" })).ToHaveCountAsync(offered ? 1 : 0);
    }

    private static ILocator Settings(IPage page) => page.Locator("notify-inbox dialog.over");

    private static async Task OpenSettingsAsync(IPage page, bool again = false)
    {
        if (!again) await Bell(page).ClickAsync();
        await Panel(page).GetByRole(AriaRole.Button, new() { Name = "Settings" }).ClickAsync();
    }

    private async Task MuteAsync(IPage page, string title)
    {
        await Row(page, title).HoverAsync();
        await Row(page, title).GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = $"Mute “{Orders}”" }).ClickAsync();
    }
}
