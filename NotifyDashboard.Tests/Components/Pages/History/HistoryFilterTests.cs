using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Components;
using NotifyDashboard.Components.Pages.History;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using HistoryPage = NotifyDashboard.Components.Pages.History.History;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryFilterTests : HubPageContext
{
    public HistoryFilterTests() => AddAuthorization().SetAuthorized("mara").SetPolicies(Policies.Operator, Policies.Sender);

    [Theory]
    [InlineData("history?q=parcel&topic=orders%2F%2A&severity=warning")]
    [InlineData("history?type=ping&since=24h&id=abc-1")]
    [InlineData("history")]
    public void History_filters_survive_a_round_trip_through_the_URL(string url)
    {
        var query = System.Web.HttpUtility.ParseQueryString(url.Contains('?', StringComparison.Ordinal) ? url[url.IndexOf('?', StringComparison.Ordinal)..] : "");
        Assert.Equal(url, HistoryFilters.Of(query["q"], query["topic"], query["type"], query["severity"], query["since"]).ToUrl(query["id"]));
    }

    [Fact]
    public void Unknown_severity_and_period_in_the_URL_are_ignored() => Assert.True(HistoryFilters.Of(null, null, null, "grave", "9y").IsEmpty);

    [Fact]
    public async Task History_starts_with_the_filters_of_its_URL()
    {
        await Store.PublishAsync(new NotificationDraft { Title = "Parcel", Topics = ["orders/1"], Severity = Severity.Warning });
        await Store.PublishAsync(new NotificationDraft { Title = "Parcel", Topics = ["stores/1"] });
        Services.GetRequiredService<NavigationManager>().NavigateTo("history?q=parc&topic=orders/*&severity=warning");
        var page = Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        Assert.Equal(["Words", "Topic", "Severity"], page.FindAll(".field.active > label").Select(label => label.TextContent.Trim()));
        page.WaitForAssertion(() => Assert.Equal("1 found", Count(page)));
    }

    [Fact]
    public async Task Search_without_a_match_names_its_filters_and_can_be_cleared()
    {
        await Store.PublishAsync(new NotificationDraft { Title = "Parcel" });
        Services.GetRequiredService<NavigationManager>().NavigateTo("history?q=nothing&type=ping");
        var page = Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.Equal("Asked for: “nothing”, type ping.", page.Find(".empty-state p").TextContent));
        await page.Find(".empty-state button").ClickAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
    }

    [Fact]
    public void Invalid_topic_pattern_is_reported_at_its_field()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("history?topic=a*b");
        var page = Render<HistoryPage>();
        var topic = page.Find("#history-topic");
        Assert.Equal("true", topic.GetAttribute("aria-invalid"));
        Assert.Equal("A pattern takes * at its end and :name for a whole segment.", page.Find($"#{topic.GetAttribute("aria-describedby")}").TextContent.Trim());
    }

    [Fact]
    public async Task Ten_thousand_notifications_in_a_second_cause_at_most_five_reads_of_the_log()
    {
        var page = Render<HistoryPage>();
        await page.WaitForAssertionAsync(() => Assert.Equal("Nothing was fired yet", page.Find("h3").TextContent));
        var reads = 0;
        Store.Log.OnReadNewest = () =>
        {
            Interlocked.Increment(ref reads);
            return Task.CompletedTask;
        };
        for (var quarter = 0; quarter < 4; quarter++)
        {
            await Task.WhenAll(Enumerable.Range(0, 2_500).Select(i => Store.PublishAsync($"{quarter} {i}")));
            await Store.DispatchedAsync();
            Time.Advance(TimeSpan.FromMilliseconds(250));
        }
        await page.WaitForAssertionAsync(() => Assert.Equal(50, page.FindAll("tbody tr").Count));
        Assert.InRange(reads, 1, 5);
    }

    [Fact]
    public async Task History_shows_a_notice_while_the_search_index_is_rebuilt_and_reads_again_afterwards()
    {
        await Store.PublishAsync(new NotificationDraft { Title = "Parcel" });
        Store.Log.IsRebuilding = true;
        Services.GetRequiredService<NavigationManager>().NavigateTo("history?q=parcel");
        var page = Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.Equal("Search is being rebuilt; results may be incomplete.", page.Find(".mud-alert").TextContent));
        Store.Log.IsRebuilding = false;
        // The next look is set behind what the page says.
        await Eventually.TrueAsync(() =>
        {
            Time.Advance(CoalescedRefresh.Interval);
            return page.FindAll(".mud-alert").Count == 0;
        });
        Assert.Single(page.FindAll("tbody tr"));
    }

    private static string Count(IRenderedComponent<HistoryPage> page) => page.Find(".head [role=status]").TextContent;
}
