using Bunit;
using NotifyDashboard.Hub;
using ComposePage = NotifyDashboard.Components.Pages.Compose.Compose;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeScheduleTests : ComposeContext
{
    [Fact]
    public async Task Scheduled_notification_is_stored_for_its_time_and_not_fired()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await ChooseAsync(page, "Expires", "1h");
        await ScheduleAsync(page, "2026-01-31", "15:00");
        Assert.StartsWith("Scheduled for", Text(page, ".result b"), StringComparison.Ordinal);
        Assert.Equal("2026-01-31T14:00:00.000Z", page.Find(".result local-time").GetAttribute("at"));
        Assert.Equal("scheduled", page.Find(".result a").GetAttribute("href"));
        var waits = Assert.Single(await WaitingAsync());
        Assert.Equal(("Offer", "mara", Time.GetUtcNow().AddHours(2)), (waits.Draft.Title, waits.By.Name, waits.PublishAt));
        // Its life begins when it is fired.
        Assert.Equal(waits.PublishAt.AddHours(1), waits.Draft.ExpiresAt);
        Assert.Empty(await StoredAsync());
        Assert.Empty(Dialogs.FindAll("[role=dialog]"));
    }

    [Fact]
    public async Task Schedule_dialog_suggests_the_next_full_hour_and_names_the_time_zone()
    {
        var page = await OpenAsync();
        await Button(page, "Schedule…").ClickAsync();
        await Dialogs.WaitForAssertionAsync(() => Assert.Equal("On your clock: Europe/Stockholm, UTC+1.", Words(Dialogs.Find("[role=status]"))));
        Assert.Equal(("2026-01-31", "14:00"), (Dialogs.Find("#schedule-at").GetAttribute("value"), Dialogs.Find("#schedule-at-time").GetAttribute("value")));
    }

    [Theory]
    [InlineData("2026-03-29", "02:30", "The clocks go forward then, so 02:30 does not exist that day. It becomes 03:30.", "2026-03-29T01:30:00.000Z")]
    [InlineData("2026-10-25", "02:30", "The clocks go back then, so 02:30 comes twice that day. The first one counts (UTC+2).", "2026-10-25T00:30:00.000Z")]
    public async Task Scheduled_time_in_a_clock_change_is_explained_and_resolved(string date, string time, string words, string at)
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await TypeTimeAsync(page, date, time);
        Assert.Equal(words, Words(Dialogs.Find("[role=status]")));
        await Dialogs.Find("form").SubmitAsync();
        Assert.Equal(at, page.Find(".result local-time").GetAttribute("at"));
    }

    [Theory]
    [InlineData("2026-01-31", "12:59", "That is in the past. Give a time to come.")]
    [InlineData("2027-03-01", "13:00", "That is more than 366 days ahead.")]
    [InlineData("2026-01-31", "", "Give a date and a time, such as 2026-12-31 and 09:00.")]
    [InlineData("tomorrow", "13:00", "Give a date and a time, such as 2026-12-31 and 09:00.")]
    public async Task An_impossible_time_is_refused_in_the_dialog(string date, string time, string sentence)
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await ScheduleAsync(page, date, time);
        Assert.Equal(sentence, Words(Dialogs.Find("[role=alert]")));
        Assert.Equal("true", Dialogs.Find("#schedule-at").GetAttribute("aria-invalid"));
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task Schedule_of_an_incomplete_form_is_refused_with_the_problems_to_fix()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "");
        await ScheduleAsync(page, "2026-01-31", "15:00");
        Assert.StartsWith("Not scheduled: 1 problem to fix.", Alert(page), StringComparison.Ordinal);
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task Keep_editing_closes_the_schedule_dialog_and_schedules_nothing()
    {
        var page = await OpenAsync();
        await WriteAsync(page, "orders", "Offer");
        await TypeTimeAsync(page, "2026-01-31", "15:00");
        await Button(Dialogs, "Keep editing").ClickAsync();
        Assert.Empty(Dialogs.FindAll("[role=dialog]"));
        Assert.Empty(await WaitingAsync());
    }

    private async Task TypeTimeAsync(IRenderedComponent<ComposePage> page, string date, string time)
    {
        await Button(page, "Schedule…").ClickAsync();
        await Dialogs.Find("#schedule-at").InputAsync(date);
        await Dialogs.Find("#schedule-at-time").InputAsync(time);
    }

    private async Task ScheduleAsync(IRenderedComponent<ComposePage> page, string date, string time)
    {
        await TypeTimeAsync(page, date, time);
        await Dialogs.Find("form").SubmitAsync();
    }

    private Task<IReadOnlyList<ScheduledNotification>> WaitingAsync() => Store.Schedule.ReadAsync(TopicFilter.Everything, 10, Xunit.TestContext.Current.CancellationToken);
}
