using Bunit;
using Microsoft.AspNetCore.Components.Web;
using NotifyDashboard.Hub;
using ComposePage = NotifyDashboard.Components.Pages.Compose.Compose;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeScheduleTests : ComposeContext
{
    private readonly BunitJSModuleInterop _clock;

    public ComposeScheduleTests()
    {
        _clock = JSInterop.SetupModule("./Components/WhenField.razor.js");
        _clock.Mode = JSRuntimeMode.Loose;
        _clock.Setup<string?>("fill", _ => true).SetResult("Europe/Stockholm");
    }

    [Fact]
    public async Task What_was_written_waits_for_its_time_and_nothing_is_fired()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await page.Find("#expires").ChangeAsync("1h");
        await ScheduleAsync(page, "2026-01-31T14:00:00.000Z");
        Assert.StartsWith("Scheduled for", Text(page, ".result b"), StringComparison.Ordinal);
        Assert.Equal("2026-01-31T14:00:00.000Z", page.Find(".result local-time").GetAttribute("at"));
        Assert.Equal("scheduled", page.Find(".result a").GetAttribute("href"));
        var waits = Assert.Single(await WaitingAsync());
        Assert.Equal(("Offer", "mara", Time.GetUtcNow().AddHours(2)), (waits.Draft.Title, waits.By, waits.PublishAt));
        // Its life begins when it is fired.
        Assert.Equal(waits.PublishAt.AddHours(1), waits.Draft.ExpiresAt);
        Assert.Empty(await StoredAsync());
        Assert.Empty(page.FindAll("[role=group]"));
    }

    [Fact]
    public async Task The_field_names_the_zone()
    {
        var page = await OpenAsync();
        await page.Find("#schedule").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("Date and time on your clock, Europe/Stockholm", Text(page, "label[for=schedule-at]")));
    }

    [Theory]
    [InlineData("2026-01-31T11:59:00.000Z", "That is in the past. Give a time to come.")]
    [InlineData("2027-03-01T12:00:00.000Z", "That is more than 366 days ahead.")]
    [InlineData(null, "Give a date and a time.")]
    public async Task An_impossible_time_is_refused_in_the_panel(string? at, string sentence)
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await ScheduleAsync(page, at);
        Assert.Equal(sentence, page.Find("#schedule-at-fault").TextContent);
        Assert.Equal("true", page.Find("#schedule-at").GetAttribute("aria-invalid"));
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task What_the_form_lacks_is_said_as_when_firing()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "");
        await ScheduleAsync(page, "2026-01-31T14:00:00.000Z");
        Assert.Contains("Not scheduled: one thing to mend.", Text(page, ".notice[role=alert]"), StringComparison.Ordinal);
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task A_store_that_takes_nothing_is_said_and_the_text_stays()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        Store.Log.OnAppend = () => throw new LogUnavailableException("The disk is full.");
        await ScheduleAsync(page, "2026-01-31T14:00:00.000Z");
        Assert.Equal("Not scheduled. The store is not available. Nothing you typed is lost; try again in a moment.", Text(page, ".notice[role=alert]"));
        Assert.Equal("Offer", page.Find("#title").GetAttribute("value"));
    }

    [Fact]
    public async Task A_rule_that_only_the_hub_can_judge_is_said_and_the_text_stays()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        OnAct = () => Time.Advance(TimeSpan.FromHours(3));
        await ScheduleAsync(page, "2026-01-31T14:00:00.000Z");
        Assert.Contains("That is in the past. Give a time to come.", Text(page, ".notice[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("Offer", page.Find("#title").GetAttribute("value"));
    }

    [Fact]
    public async Task In_the_panel_Ctrl_Enter_does_not_fire_now_and_Escape_closes_it()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await page.Find("#schedule").ClickAsync(new());
        await page.Find("#schedule").KeyDownAsync(new KeyboardEventArgs { Key = "Enter", CtrlKey = true });
        Assert.Empty(await StoredAsync());
        await page.Find("#schedule-at").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });
        Assert.Empty(page.FindAll("[role=group]"));
    }

    private async Task ScheduleAsync(IRenderedComponent<ComposePage> page, string? at)
    {
        _clock.Setup<string?>("read", _ => true).SetResult(at);
        await page.Find("#schedule").ClickAsync(new());
        await page.FindAll(".schedule .primary").Single().ClickAsync(new());
    }

    private Task<IReadOnlyList<ScheduledNotification>> WaitingAsync() => Store.Schedule.ReadAsync(10, Xunit.TestContext.Current.CancellationToken);
}
