using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>Text of any direction and language, in rows, menu, settings and toasts.</summary>
public sealed class InboxTextDirectionTests(Browsers browsers, SharedHub shared) : InboxTest(browsers, shared)
{
    private const string Title = "الطرد (48213) في الطريق!";
    private const string Body = "يصل يوم الثلاثاء (9-12).";
    private const string Label = "تتبع (48213)";
    private string Topic => $"طلبات!/{Recipient}";

    // The direction that each text is laid out in, by the text.
    private const string DirectionOf = """
        text => {
          const root = document.querySelector('notify-inbox').shadowRoot, leaves = [...root.querySelectorAll('*')].filter(e => !e.children.length && e.textContent === text && e.checkVisibility());
          return leaves.map(e => { const { direction, unicodeBidi } = getComputedStyle(e); return unicodeBidi.includes('isolate') || unicodeBidi === 'plaintext' ? direction : 'not isolated'; });
        }
        """;

    [Theory]
    [InlineData("lang=\"en\"")]
    [InlineData("lang=\"ar\" dir=\"rtl\"")]
    public async Task Title_body_topic_and_action_have_their_own_direction_in_rows_and_toasts(string attributes)
    {
        var token = Tokens.Make(Recipient, TimeSpan.FromMinutes(10), Topic);
        var page = await OpenInboxAsync(attributes: attributes, before: page => page.RouteAsync("**/notify-token", route => route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"token":"{{token}}"}""" })));
        foreach (var (title, body, label) in new[] { (Title, Body, Label), ("Parcel (48213)!", "It arrives on Tuesday (9-12).", "Track (48213)") })
            await Hub.PublishAsync(new { topic = Topic, title, body, actions = new[] { new { label, url = "/track" } } });
        await Expect(page.GetByRole(AriaRole.Region).GetByRole(AriaRole.Group)).ToHaveCountAsync(2);
        await ExpectDirectionsAsync(page, toTopic: false);
        await page.ScreenshotAsync(new() { Path = $"TestResults/inbox-direction-toasts-{(attributes.Contains("rtl", StringComparison.Ordinal) ? "rtl" : "ltr")}.png" });
        await Bell(page).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await ExpectDirectionsAsync(page, toTopic: true);
        await page.ScreenshotAsync(new() { Path = $"TestResults/inbox-direction-rows-{(attributes.Contains("rtl", StringComparison.Ordinal) ? "rtl" : "ltr")}.png" });
    }

    [Fact]
    public async Task Topic_is_isolated_from_the_text_direction_in_the_mute_menu_and_the_settings()
    {
        var token = Tokens.Make(Recipient, TimeSpan.FromMinutes(10), Topic);
        var page = await OpenInboxAsync(before: page => page.RouteAsync("**/notify-token", route => route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"token":"{{token}}"}""" })));
        await PublishAsync("Order 7", Topic);
        await Bell(page).ClickAsync();
        await Row(page, "Order 7").HoverAsync();
        await Row(page, "Order 7").GetByRole(AriaRole.Button, new() { Name = "More actions" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem).Locator("bdi")).ToHaveTextAsync(Topic);
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Mute" }).ClickAsync();
        await Panel(page).GetByRole(AriaRole.Button, new() { Name = "Settings" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Locator("bdi")).ToHaveTextAsync(Topic);
        Assert.DoesNotContain("not isolated", await DirectionAsync(page, Topic), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inbox_falls_back_to_English_for_an_untranslated_language_and_declares_lang_en()
    {
        await Task.WhenAll(Enumerable.Range(1, 2).Select(i => PublishAsync($"Number {i}")));
        var page = await OpenInboxAsync(attributes: "lang=\"pl\"");
        await Expect(Bell(page)).ToHaveAccessibleNameAsync("Notifications, 2 unread notifications");
        await Expect(Bell(page)).ToHaveAttributeAsync("lang", "en");
        await Bell(page).ClickAsync();
        await Expect(Panel(page)).ToHaveAttributeAsync("lang", "en");
        await Expect(Panel(page).GetByRole(AriaRole.Heading, new() { Name = "Today" })).ToBeVisibleAsync();
        // What the publisher wrote is in the page's language.
        await Expect(Row(page, "Number 1").Locator("h4 [lang]")).ToHaveAttributeAsync("lang", "pl");
    }

    [Fact]
    public async Task Texts_supplied_by_the_page_use_the_plurals_and_dates_of_its_language()
    {
        await Task.WhenAll(Enumerable.Range(1, 2).Select(i => PublishAsync($"Number {i}")));
        var page = await OpenInboxAsync(attributes: "lang=\"pl\"");
        await page.EvaluateAsync("() => { document.querySelector('notify-inbox').texts = { title: 'Powiadomienia', unread: { one: '{n} nieprzeczytane', few: '{n} nieprzeczytane powiadomienia', other: '{n} nieprzeczytanych' } }; }");
        var bell = page.GetByRole(AriaRole.Button, new() { Name = "Powiadomienia" });
        await Expect(bell).ToHaveAccessibleNameAsync("Powiadomienia, 2 nieprzeczytane powiadomienia");
        await bell.ClickAsync();
        await Expect(Panel(page)).ToHaveAttributeAsync("lang", "pl");
        await Expect(Panel(page).GetByRole(AriaRole.Heading, new() { Name = "Dzisiaj" })).ToBeVisibleAsync();
    }

    private static async Task<string> DirectionAsync(IPage page, string text) => string.Join(' ', await page.EvaluateAsync<string[]>(DirectionOf, text));

    private async Task ExpectDirectionsAsync(IPage page, bool toTopic)
    {
        foreach (var text in new[] { Title, Body, Label }) Assert.Equal("rtl", await DirectionAsync(page, text));
        foreach (var text in new[] { "Parcel (48213)!", "It arrives on Tuesday (9-12).", "Track (48213)" }) Assert.Equal("ltr", await DirectionAsync(page, text));
        if (toTopic) Assert.Equal("rtl rtl", await DirectionAsync(page, Topic));
    }
}
