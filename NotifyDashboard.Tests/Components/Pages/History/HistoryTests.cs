using AngleSharp.Dom;
using Bunit;
using NotifyDashboard.Access;
using NotifyDashboard.Components;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using HistoryPage = NotifyDashboard.Components.Pages.History.History;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryTests : HubPageContext
{
    public HistoryTests() => AddAuthorization().SetAuthorized("mara").SetPolicies(Policies.Operator, Policies.Sender);

    [Fact]
    public async Task While_the_log_is_read_the_page_says_that_it_loads()
    {
        var reading = new TaskCompletionSource();
        Store.Log.OnReadNewest = () => reading.Task;
        var page = Render<HistoryPage>();
        Assert.Equal("Loading", page.Find("[aria-busy=true]").GetAttribute("aria-label"));
        reading.SetResult();
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[aria-busy]")));
    }

    [Fact]
    public async Task With_nothing_fired_it_leads_to_compose()
    {
        var page = await OpenAsync();
        Assert.Equal("Nothing was fired yet", page.Find(".empty h4").TextContent);
        Assert.Equal("compose", page.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Rows_stand_newest_first_with_severity_in_words_topic_publisher_and_time()
    {
        await Store.PublishAsync(new NotificationDraft { Title = "First", Severity = Severity.Critical, Topics = ["orders/1"] });
        await Store.PublishAsync(new NotificationDraft { Title = "Second <b>" });
        var page = await OpenAsync();
        Assert.Equal(["Second <b>", "First"], Titles(page));
        Assert.Equal(["Info", "Critical"], page.FindAll("tbody .sev .sr").Select(s => s.TextContent));
        var row = page.FindAll("tbody tr")[1];
        Assert.Equal(("orders/1", "tester", "2026-01-31T12:00:00.000Z"), (Cell(row, "topic"), Cell(row, "by"), row.QuerySelector("local-time")!.GetAttribute("at")));
    }

    [Fact]
    public async Task What_changes_changes_in_its_place()
    {
        var ids = new List<Cursor>();
        foreach (var title in new[] { "First", "Second", "Third" }) ids.Add((await Store.PublishAsync(new NotificationDraft { Title = title, CollapseKey = title })).Id);
        var page = await OpenAsync();
        await Store.Hub.UpdateAsync(ids[0], "mara", draft => draft with { Title = "First, later" }, Xunit.TestContext.Current.CancellationToken);
        await Store.Hub.RetractAsync(ids[1], "Mara", Xunit.TestContext.Current.CancellationToken);
        await Store.PublishAsync(new NotificationDraft { Title = "Fourth", CollapseKey = "Third" });
        await Store.DispatchedAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await page.WaitForAssertionAsync(() => Assert.Equal(
            ["Fourth", "Replaced by a newer one of tester", "Taken back by Mara", "First, later"], page.FindAll("tbody .open").Select(title => title.TextContent.Trim())));
    }

    [Fact]
    public async Task What_expired_is_struck_through_and_keeps_its_words()
    {
        await Store.PublishAsync(new NotificationDraft { Title = "Offer", ExpiresAt = Time.GetUtcNow() + TimeSpan.FromHours(1) });
        Time.Advance(TimeSpan.FromHours(2));
        await Store.Hub.RunDueAsync(Xunit.TestContext.Current.CancellationToken);
        var page = await OpenAsync();
        Assert.Equal(("Offer", "Expired"), (page.Find("tbody .over").TextContent, page.Find("tbody .state").TextContent));
    }

    [Fact]
    public async Task A_body_alone_stands_for_the_title()
    {
        await Store.PublishAsync(new NotificationDraft { Body = "Only text" });
        Assert.Equal(["Only text"], Titles(await OpenAsync()));
    }

    [Fact]
    public async Task Raw_data_shows_its_type_and_how_it_begins()
    {
        await Store.PublishAsync(Drafts.Text(new string('x', 121)) with { Type = "ping" });
        var row = (await OpenAsync()).Find("tbody tr");
        Assert.Equal("Raw data", row.QuerySelector(".sr")!.TextContent);
        Assert.Equal($"ping {new string('x', 120)}…", row.QuerySelector(".clip")!.TextContent);
    }

    [Fact]
    public async Task Private_and_further_topics_are_marked()
    {
        await Store.PublishAsync(new NotificationDraft { Title = "T", Private = true, Topics = ["a", "b", "c"] });
        var row = (await OpenAsync()).Find("tbody tr");
        Assert.Contains("Private", row.QuerySelectorAll(".sr").Select(s => s.TextContent));
        Assert.Equal(("a +2", "a, b, c"), (Cell(row, "topic"), row.QuerySelector("td.topic")!.GetAttribute("title")));
    }

    [Fact]
    public async Task What_is_fired_appears_on_top_by_itself()
    {
        await Store.PublishAsync("old");
        var page = await OpenAsync();
        await Store.PublishAsync(new NotificationDraft { Title = "New" });
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal(["New", "notification old"], Titles(page)));
    }

    [Fact]
    public async Task Written_moves_until_it_is_through()
    {
        await Listener.JoinAsync(Store.Hub, "broadcast");
        var page = await OpenAsync();
        await Store.PublishAsync("x");
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("0", Cell(page.Find("tbody tr"), "written")));
        Store.Hub.Tail.Find(1)!.CountWritten();
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("1", Cell(page.Find("tbody tr"), "written")));
        Assert.Equal(0, Time.Waiting);
    }

    [Fact]
    public async Task A_connection_that_takes_nothing_is_not_looked_at_for_ever()
    {
        await Listener.JoinAsync(Store.Hub, "broadcast");
        var page = await OpenAsync();
        await Store.PublishAsync("x");
        await Store.DispatchedAsync();
        Assert.Equal(1, Time.Waiting);
        for (var second = 0; second < 30 && Time.Waiting > 0; second++)
        {
            var before = page.RenderCount;
            Time.Advance(TimeSpan.FromSeconds(1));
            page.WaitForAssertion(() => Assert.NotEqual(before, page.RenderCount));
            await page.InvokeAsync(() => { });
        }
        Assert.Equal(0, Time.Waiting);
    }

    [Fact]
    public async Task Older_ones_come_a_page_at_a_time_until_there_are_none()
    {
        await PublishAsync(120);
        var page = await OpenAsync();
        Assert.Equal(50, Titles(page).Count);
        await page.Find(".foot button").ClickAsync();
        Assert.Equal(100, Titles(page).Count);
        await page.Find(".foot button").ClickAsync();
        Assert.Equal([.. Enumerable.Range(1, 120).Reverse().Select(i => $"N{i}")], Titles(page));
        Assert.Empty(page.FindAll(".foot"));
    }

    [Fact]
    public async Task A_second_click_on_older_ones_while_they_are_read_adds_them_once()
    {
        await PublishAsync(120);
        var page = await OpenAsync();
        var reading = new TaskCompletionSource();
        Store.Log.OnReadNewest = () => reading.Task;
        var clicks = Task.WhenAll(page.Find(".foot button").ClickAsync(), page.Find(".foot button").ClickAsync());
        await page.InvokeAsync(reading.SetResult);
        await clicks;
        // The same row twice would end the circuit.
        Assert.False(Renderer.UnhandledException.IsCompleted);
        Assert.Equal(100, Titles(page).Count);
    }

    [Fact]
    public async Task More_new_ones_than_fit_a_page_leave_no_hole()
    {
        await PublishAsync(10);
        var page = await OpenAsync();
        await PublishAsync(60, from: 11);
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("N70", Titles(page)[0]));
        await page.Find(".foot button").ClickAsync();
        Assert.Equal([.. Enumerable.Range(1, 70).Reverse().Select(i => $"N{i}")], Titles(page));
    }

    [Fact]
    public async Task A_page_that_stays_open_keeps_a_bounded_number_of_rows_and_the_rest_a_click_away()
    {
        var page = await OpenAsync();
        for (var from = 1; from <= 560; from += 40)
        {
            await PublishAsync(40, from);
            await NextAsync();
            page.WaitForAssertion(() => Assert.Equal($"N{from + 39}", Titles(page)[0]));
        }
        Assert.Equal(500, Titles(page).Count);
        await page.Find(".foot button").ClickAsync();
        Assert.Equal("N11", Titles(page)[^1]);
    }

    [Fact]
    public async Task Ten_thousand_at_once_render_a_few_times()
    {
        var page = await OpenAsync();
        var before = page.RenderCount;
        await PublishAsync(10_000);
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("N10000", Titles(page)[0]));
        Time.Advance(CoalescedRefresh.Interval);
        await page.InvokeAsync(() => { });
        Assert.InRange(page.RenderCount - before, 1, 3);
        Assert.Equal(50, Titles(page).Count);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_said_and_tried_again_on_demand()
    {
        await Store.PublishAsync("x");
        Store.Log.OnReadNewest = () => throw new LogUnavailableException("The disk is gone.");
        var page = Render<HistoryPage>();
        Assert.Equal("The history cannot be read now. Streams stay open.", Notice(page));
        Store.Log.OnReadNewest = () => throw new SearchUnavailableException();
        await page.Find(".notice button").ClickAsync();
        Assert.Equal("Words are still being indexed. Streams stay open.", Notice(page));
        Assert.True(page.Find("section").HasAttribute("hidden"));
        Store.Log.OnReadNewest = () => Task.CompletedTask;
        await page.Find("[role=alert] button").ClickAsync();
        Assert.Empty(page.FindAll("[role=alert]"));
        Assert.Single(Titles(page));
    }

    [Fact]
    public async Task A_store_that_fails_later_leaves_what_was_read()
    {
        await Store.PublishAsync("old");
        var page = await OpenAsync();
        Store.Log.OnReadNewest = () => throw new LogUnavailableException("The disk is gone.");
        await Store.PublishAsync("new");
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("The history cannot be read now. What is shown is what was read last.", Notice(page)));
        Assert.Equal(["notification old"], Titles(page));
    }

    [Fact]
    public async Task A_refresh_that_was_due_when_the_page_was_left_is_quiet()
    {
        var page = await OpenAsync();
        await Store.PublishAsync("x");
        await Store.DispatchedAsync();
        var left = Task.CompletedTask;
        await page.InvokeAsync(() =>
        {
            // On another thread: the refresh queues up behind this, and the page is gone when its turn comes.
            Task.Run(() => Time.Advance(CoalescedRefresh.Interval)).Wait();
            left = DisposeComponentsAsync();
        });
        await left;
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task Leaving_the_page_ends_its_watch()
    {
        await OpenAsync();
        await DisposeComponentsAsync();
        await Store.PublishAsync("x");
        await Store.DispatchedAsync();
        Assert.Equal(0, Time.Waiting);
    }

    private async Task<IRenderedComponent<HistoryPage>> OpenAsync()
    {
        await Store.DispatchedAsync();
        var page = Render<HistoryPage>();
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[aria-busy]")));
        return page;
    }

    private Task<Notification[]> PublishAsync(int count, int from = 1) =>
        Task.WhenAll(Enumerable.Range(from, count).Select(i => Store.PublishAsync(new NotificationDraft { Title = $"N{i}" })));

    /// <summary>What was published has been dispatched, and the page's next refresh is due.</summary>
    private async Task NextAsync()
    {
        await Store.DispatchedAsync();
        await Until.TrueAsync(() => Time.Waiting > 0);
        Time.Advance(CoalescedRefresh.Interval);
    }

    private static List<string> Titles(IRenderedComponent<HistoryPage> page) => [.. page.FindAll("tbody .clip").Select(t => t.TextContent)];

    private static string Cell(IElement row, string name) => row.QuerySelector($"td.{name}")!.TextContent;

    private static string Notice(IRenderedComponent<HistoryPage> page) => page.Find("[role=alert] span").TextContent.Trim();
}
