using Bunit;
using Microsoft.AspNetCore.Components.Web;
using NotifyDashboard.Components.Undo;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeFireTests : ComposeContext
{
    [Fact]
    public async Task Fired_form_is_stored_exactly_as_typed_with_fields_trimmed()
    {
        var page = await OpenAsync();
        await WriteAsync(page, " orders/1 ", "Paid \"now\" 🎉");
        await TypeAsync(page, "type", " order ");
        await TypeAsync(page, "text", "First line\nSecond <b>line</b>");
        await TypeAsync(page, "url", " /orders/1 ");
        await page.Find("input[value=warning]").ChangeAsync("warning");
        await FireAsync(page);
        var stored = Assert.Single(await StoredAsync());
        Assert.Equal(("mara", "orders/1"), (stored.PublishedBy, Assert.Single(stored.Draft.Topics)));
        Assert.Equal(
            new NotificationDraft { Topics = stored.Draft.Topics, Tags = stored.Draft.Tags, Actions = stored.Draft.Actions, Type = "order", Title = "Paid \"now\" 🎉", Body = "First line\nSecond <b>line</b>", Url = "/orders/1", Severity = "warning" },
            stored.Draft);
    }

    [Fact]
    public async Task Raw_data_is_stored_exactly_and_without_content()
    {
        var page = await OpenAsync();
        await TypeAsync(page, "title", "Not in raw mode");
        await WriteRawAsync(page, "ping", " 'Hello Dolly!'\n ");
        await FireAsync(page);
        var draft = Assert.Single(await StoredAsync()).Draft;
        Assert.Equal(("ping", NotificationData.FromString(" 'Hello Dolly!'\n "), false), (draft.Type, draft.Data!.Value, draft.HasContent));
    }

    [Fact]
    public async Task Expiry_counts_from_the_publish_time_and_the_collapse_key_replaces_the_previous_one()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await ChooseAsync(page, "Expires", "1h");
        await TypeAsync(page, "collapseKey", " offer ");
        await FireAsync(page);
        var draft = Assert.Single(await StoredAsync()).Draft;
        Assert.Equal((Time.GetUtcNow() + TimeSpan.FromHours(1), "offer"), (draft.ExpiresAt, draft.CollapseKey));
        await FireAsync(page);
        Assert.Equal([null, Retraction.Collapsed], (await StoredAsync()).Select(stored => stored.Retraction?.Reason));
    }

    [Fact]
    public async Task Undo_on_the_result_card_retracts_the_fired_notification()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await FireAsync(page);
        // The fire bar offers it for some seconds, then the card does.
        Assert.Empty(page.FindAll(".result button"));
        var bar = page.FindComponent<UndoBar>();
        Assert.Equal("Fired. Nobody was connected.", bar.Find(".words").TextContent);
        await bar.InvokeAsync(() => bar.Instance.EndAsync("another-1"));
        Assert.NotEmpty(bar.FindAll("button"));
        await bar.InvokeAsync(async () => await bar.Instance.EndAsync((await StoredAsync())[0].Id.ToString()));
        Assert.Empty(page.FindAll(".firebar.fired"));
        await page.Find(".result button").ClickAsync(new());
        Assert.Equal("Retracted: nobody sees it any more", page.Find(".result .strong").TextContent);
        var stored = Assert.Single(await StoredAsync());
        Assert.Equal(("mara", Retraction.Retracted, (string?)null), (stored.Retraction!.By, stored.Retraction.Reason, stored.Draft.Title));
    }

    [Fact]
    public async Task Undo_on_the_fire_bar_retracts_the_notification_and_updates_the_result_card()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await FireAsync(page);
        await page.Find(".firebar.fired .undo button").ClickAsync(new());
        Assert.Equal("Retracted.", page.Find(".firebar .words").TextContent);
        Assert.Equal("Retracted: nobody sees it any more", page.Find(".result .strong").TextContent);
        Assert.Equal(Retraction.Retracted, Assert.Single(await StoredAsync()).Retraction!.Reason);
    }

    [Fact]
    public async Task Failed_undo_shows_an_alert_and_can_be_retried()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await FireAsync(page);
        Store.Log.OnAppend = () => throw new StoreUnavailableException("The disk is full.");
        await page.Find(".undo button").ClickAsync(new());
        Assert.Equal("The store is not available. Nothing was retracted; try again in a moment.", page.Find(".undo [role=alert]").TextContent);
        Store.Log.OnAppend = null;
        await page.Find(".undo button").ClickAsync(new());
        Assert.Equal("Retracted.", page.Find(".firebar .words").TextContent);
    }

    [Fact]
    public async Task Undo_after_a_second_fire_retracts_only_the_second_notification()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "First");
        await FireAsync(page);
        await WriteAsync(page, "orders", "Second");
        await FireAsync(page);
        await page.Find(".undo button").ClickAsync(new());
        Assert.Equal([(null, true), ("First", false)], (await StoredAsync()).Select(stored => (stored.Draft.Title, stored.Retraction is not null)));
    }

    [Fact]
    public async Task A_second_click_while_the_first_is_stored_fires_nothing_more()
    {
        using var gate = new ManualResetEventSlim();
        Store.Log.OnAppend = gate.Wait;
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        var first = FireAsync(page);
        page.WaitForAssertion(() => Assert.Equal("true", FireButton(page).GetAttribute("aria-disabled")));
        await FireAsync(page);
        gate.Set();
        await first;
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task The_second_click_of_a_double_click_fires_nothing_even_after_the_first_was_stored()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        await FireButton(page).ClickAsync(new MouseEventArgs { Detail = 1 });
        await FireButton(page).ClickAsync(new MouseEventArgs { Detail = 2 });
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task Result_card_without_subscribers_shows_stored_and_zero_of_zero_connections()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        await FireAsync(page);
        Assert.Equal("Stored; nobody was connected", Text(page, ".result b"));
        Assert.Equal("2026-01-31T12:00:00.000Z", page.Find(".result local-time").GetAttribute("at"));
        Assert.Equal(["stored, in under 1 ms", "0written, of 0 connections"], page.FindAll(".figs > div").Select(Words));
        Assert.Empty(page.FindAll(".result [role=progressbar]"));
    }

    [Fact]
    public async Task Result_card_with_one_subscriber_counts_from_zero_to_one_written()
    {
        await Listener.JoinAsync(Store.Hub, "orders");
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        await FireAsync(page);
        // At once: that nobody was connected must never stand there for half a second.
        Assert.Equal("Fired to 1 connection", Text(page, ".result b"));
        Assert.Equal("0written, of 1 connection", Words(page.FindAll(".figs > div")[1]));
        Assert.Equal(("0", "1"), (page.Find("[role=progressbar]").GetAttribute("aria-valuenow"), page.Find("[role=progressbar]").GetAttribute("aria-valuemax")));
        Store.Hub.ReplayBuffer.Find(1)!.CountWritten();
        NextRefresh();
        page.WaitForAssertion(() => Assert.Equal("1written, of 1 connection", Words(page.FindAll(".figs > div")[1])));
        Assert.Empty(page.FindAll(".result [role=progressbar]"));
    }

    [Fact]
    public async Task Form_keeps_its_text_after_a_fire_and_can_be_fired_again()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "T");
        await FireAsync(page);
        await FireAsync(page);
        Assert.Equal(2, (await StoredAsync()).Count);
        Assert.Equal("T", page.Find("#title").GetAttribute("value"));
    }
}
