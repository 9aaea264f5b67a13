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
    // Timers of the kit, while the page itself waits for nothing.
    private int _idle;

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
        Assert.Equal("Nothing was fired yet", page.Find("h3").TextContent);
        Assert.Equal("compose", page.Find(".empty-state a").GetAttribute("href"));
    }

    [Fact]
    public async Task Rows_stand_newest_first_with_severity_in_words_topic_publisher_and_time()
    {
        await Store.PublishAsync(new NotificationDraft { Title = "First", Severity = Severity.Critical, Topics = ["orders/1"] });
        await Store.PublishAsync(new NotificationDraft { Title = "Second <b>" });
        var page = await OpenAsync();
        Assert.Equal(["Second <b>", "First"], Titles(page));
        Assert.Equal(["Info", "Critical"], page.FindAll("tbody .sr").Select(s => s.TextContent));
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
            ["Fourth", "Replaced by a newer one from tester", "Retracted by Mara", "First, later"], Titles(page)));
        Assert.Equal(["Info", "Replaced", "Retracted", "Info"], page.FindAll("tbody .sr").Select(word => word.TextContent));
    }

    [Fact]
    public async Task A_retracted_row_keeps_its_type_and_none_of_its_content()
    {
        var id = (await Store.PublishAsync(Drafts.Text("secret") with { Type = "position" })).Id;
        await Store.Hub.RetractAsync(id, "Mara", Xunit.TestContext.Current.CancellationToken);
        var page = await OpenAsync();
        Assert.Equal(["position Retracted by Mara"], Titles(page));
        Assert.DoesNotContain("secret", page.Markup, StringComparison.Ordinal);
        await page.Find("tbody button").ClickAsync();
        Assert.Equal("position", page.FindAll("dt").Single(term => term.TextContent == "Type").NextElementSibling!.TextContent);
    }

    [Fact]
    public async Task What_expired_is_struck_through_and_keeps_its_words()
    {
        await Store.PublishAsync(new NotificationDraft { Title = "Offer", ExpiresAt = Time.GetUtcNow() + TimeSpan.FromHours(1) });
        Time.Advance(TimeSpan.FromHours(2));
        await Store.Hub.ProcessDueAsync(Xunit.TestContext.Current.CancellationToken);
        var page = await OpenAsync();
        Assert.Equal(("Offer", "Expired"), (page.Find("tbody .over").TextContent, page.Find("tbody .ended").TextContent));
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
        Assert.Equal(["ping", new string('x', 120) + "…"], row.QuerySelectorAll("button span").Select(part => part.TextContent));
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
        Assert.Equal(_idle, Time.WaitingFor(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_connection_that_takes_nothing_is_not_looked_at_for_ever()
    {
        await Listener.JoinAsync(Store.Hub, "broadcast");
        var page = await OpenAsync();
        await Store.PublishAsync("x");
        await Store.DispatchedAsync();
        Assert.Equal(_idle + 1, Time.WaitingFor(TimeSpan.FromMinutes(1)));
        for (var second = 0; second < 30 && Time.WaitingFor(TimeSpan.FromMinutes(1)) > _idle; second++)
        {
            var before = page.RenderCount;
            Time.Advance(TimeSpan.FromSeconds(1));
            page.WaitForAssertion(() => Assert.NotEqual(before, page.RenderCount));
            await page.InvokeAsync(() => { });
        }
        Assert.Equal(_idle, Time.WaitingFor(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Older_ones_come_a_page_at_a_time_until_there_are_none()
    {
        await PublishAsync(120);
        var page = await OpenAsync();
        Assert.Equal(50, Titles(page).Count);
        await Older(page)!.ClickAsync();
        Assert.Equal(100, Titles(page).Count);
        await Older(page)!.ClickAsync();
        Assert.Equal([.. Enumerable.Range(1, 120).Reverse().Select(i => $"N{i}")], Titles(page));
        Assert.Null(Older(page));
    }

    [Fact]
    public async Task A_second_click_on_older_ones_while_they_are_read_adds_them_once()
    {
        await PublishAsync(120);
        var page = await OpenAsync();
        var reading = new TaskCompletionSource();
        Store.Log.OnReadNewest = () => reading.Task;
        var clicks = Task.WhenAll(Older(page)!.ClickAsync(), Older(page)!.ClickAsync());
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
        await Older(page)!.ClickAsync();
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
        await Older(page)!.ClickAsync();
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
        Store.Log.OnReadNewest = () => throw new StoreUnavailableException("The disk is gone.");
        var page = Render<HistoryPage>();
        Assert.Equal("The history cannot be read now. Streams stay open.", Notice(page));
        Store.Log.OnReadNewest = () => throw new SearchUnavailableException();
        await page.Find("[role=alert] button").ClickAsync();
        Assert.Equal("Words cannot be searched now. Streams stay open.", Notice(page));
        Assert.Empty(page.FindAll("table"));
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
        Store.Log.OnReadNewest = () => throw new StoreUnavailableException("The disk is gone.");
        await Store.PublishAsync("new");
        await NextAsync();
        page.WaitForAssertion(() => Assert.Equal("The history cannot be read now. What is shown was read before.", Notice(page)));
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
        Assert.Equal(_idle, Time.WaitingFor(TimeSpan.FromMinutes(1)));
    }

    private async Task<IRenderedComponent<HistoryPage>> OpenAsync()
    {
        await Store.DispatchedAsync();
        var page = Render<HistoryPage>();
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("[aria-busy]")));
        _idle = Time.WaitingFor(TimeSpan.FromMinutes(1));
        return page;
    }

    private Task<Notification[]> PublishAsync(int count, int from = 1) =>
        Task.WhenAll(Enumerable.Range(from, count).Select(i => Store.PublishAsync(new NotificationDraft { Title = $"N{i}" })));

    /// <summary>What was published has been dispatched, and the page's next refresh is due.</summary>
    private async Task NextAsync()
    {
        await Store.DispatchedAsync();
        await Until.TrueAsync(() => Time.WaitingFor(TimeSpan.FromMinutes(1)) > _idle);
        Time.Advance(CoalescedRefresh.Interval);
    }

    private static List<string> Titles(IRenderedComponent<HistoryPage> page) => [.. page.FindAll("tbody button").Select(title => string.Join(' ', title.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];

    private static string Cell(IElement row, string name) => row.QuerySelector($"td.{name}")!.TextContent;

    private static string Notice(IRenderedComponent<HistoryPage> page) => string.Concat(page.Find("[role=alert] .mud-alert-message").ChildNodes.Where(node => node is not IElement { LocalName: "button" }).Select(node => node.TextContent)).Trim();

    private static IElement? Older(IRenderedComponent<HistoryPage> page) => page.FindAll("button").SingleOrDefault(button => button.TextContent == "Show older ones");
}
