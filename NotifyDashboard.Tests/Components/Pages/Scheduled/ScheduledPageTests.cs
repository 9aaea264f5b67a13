using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Pages.Scheduled;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Scheduled;

public sealed class ScheduledPageTests : HubPageContext
{
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;
    private readonly Bunit.TestDoubles.BunitAuthorizationContext _authorization;

    public ScheduledPageTests() => _authorization = AddAuthorization().SetAuthorized("mara").SetPolicies(Policies.Operator, Policies.Sender);

    [Fact]
    public async Task Scheduled_page_without_entries_says_that_nothing_is_scheduled()
    {
        var page = await OpenAsync();
        Assert.Equal("Nothing scheduled", page.Find(".empty-state h3").TextContent);
    }

    [Fact]
    public async Task Scheduled_notifications_are_listed_by_publish_time()
    {
        await ScheduleAsync("Later", TimeSpan.FromHours(2));
        await ScheduleAsync("Sooner", TimeSpan.FromHours(1));
        var page = await OpenAsync();
        Assert.Equal(["Sooner", "Later"], page.FindAll("tbody b").Select(t => t.TextContent));
        Assert.Equal("2026-01-31T13:00:00.000Z", page.Find("tbody local-time").GetAttribute("at"));
    }

    [Fact]
    public async Task Cancel_asks_for_confirmation_and_removes_the_scheduled_notification()
    {
        await ScheduleAsync("Offer", TimeSpan.FromHours(1));
        var page = await OpenAsync();
        page.Find("[aria-label='Cancel Offer…']").Click(); // ends when it is answered
        Assert.Contains("cannot be brought back", _dialogs.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
        await _dialogs.FindAll("[role=dialog] button").Single(b => b.TextContent == "Cancel it").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Equal("Cancelled. It is not fired.", Assert.Single(Services.GetRequiredService<ISnackbar>().ShownSnackbars).Message?.ToString()));
        Assert.Empty(await Store.Schedule.ReadAsync(TopicFilter.Everything, 10, Xunit.TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Move_takes_a_time_in_the_operators_time_zone_and_refuses_a_past_one()
    {
        await ScheduleAsync("Offer", TimeSpan.FromHours(1));
        JSInterop.SetupModule("./local-time.js").Setup<string>("zone").SetResult("Europe/Stockholm");
        var page = await OpenAsync();
        await page.Find("[aria-label='Move Offer…']").ClickAsync(new());
        await _dialogs.WaitForAssertionAsync(() => Assert.Equal("14:00", _dialogs.Find("#move-at-time").GetAttribute("value")));
        await _dialogs.Find("#move-at-time").InputAsync("12:00");
        await _dialogs.Find("form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("in the past", _dialogs.Find("#move-at-error").TextContent, StringComparison.Ordinal));
        await _dialogs.Find("#move-at-time").InputAsync("19:30");
        await _dialogs.Find("form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal("2026-01-31T18:30:00.000Z", page.Find("tbody local-time").GetAttribute("at")));
    }

    [Fact]
    public async Task Published_notification_disappears_from_the_scheduled_page()
    {
        await ScheduleAsync("Offer", TimeSpan.FromSeconds(10));
        var page = await OpenAsync();
        Time.Advance(TimeSpan.FromSeconds(11));
        await Store.Hub.ProcessDueAsync(Xunit.TestContext.Current.CancellationToken);
        Time.Advance(TimeSpan.FromSeconds(3));
        await page.WaitForAssertionAsync(() => Assert.NotNull(page.Find(".empty-state")));
        Assert.Equal("Offer", Assert.Single(await StoredAsync()).Draft.Title);
    }

    [Fact]
    public async Task Cancel_after_the_right_is_removed_is_refused_and_the_buttons_disappear()
    {
        await ScheduleAsync("Offer", TimeSpan.FromHours(1));
        var page = await OpenAsync();
        page.Find("[aria-label='Cancel Offer…']").Click(); // ends when it is answered
        _authorization.SetPolicies(Policies.Operator);
        await _dialogs.FindAll("[role=dialog] button").Single(b => b.TextContent == "Cancel it").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Contains("may look but not change", page.Find("[role=alert] .mud-alert").TextContent, StringComparison.Ordinal));
        Assert.Single(await Store.Schedule.ReadAsync(TopicFilter.Everything, 10, Xunit.TestContext.Current.CancellationToken));
        Assert.Empty(page.FindAll("tbody button"));
    }

    private Task<ScheduledNotification> ScheduleAsync(string title, TimeSpan after) =>
        Store.Hub.ScheduleAsync(new NotificationDraft { Title = title }, Time.GetUtcNow() + after, "mara", cancellation: Xunit.TestContext.Current.CancellationToken);

    private async Task<IRenderedComponent<ScheduledPage>> OpenAsync()
    {
        Services.AddSingleton<IScheduleStore>(Store.Schedule).AddSingleton<ITopicScope>(new EveryTopic());
        _dialogs = Render<MudDialogProvider>();
        var page = Render<ScheduledPage>();
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[aria-busy]")));
        return page;
    }

    private sealed class EveryTopic : ITopicScope
    {
        public TopicFilter Of(ClaimsPrincipal user) => TopicFilter.Everything;
    }
}
