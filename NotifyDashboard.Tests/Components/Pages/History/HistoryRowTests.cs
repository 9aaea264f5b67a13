using AngleSharp.Dom;
using Bunit;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryRowTests : HistoryContext
{
    [Fact]
    public async Task History_lists_newest_first_with_severity_topic_publisher_and_time()
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
    public async Task Updated_retracted_and_replaced_rows_change_in_place()
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
    public async Task Expired_row_is_struck_through_and_keeps_its_title()
    {
        await Store.PublishAsync(new NotificationDraft { Title = "Offer", ExpiresAt = Time.GetUtcNow() + TimeSpan.FromHours(1) });
        Time.Advance(TimeSpan.FromHours(2));
        await Store.Hub.ProcessDueAsync(Xunit.TestContext.Current.CancellationToken);
        var page = await OpenAsync();
        Assert.Equal(("Offer", "Expired"), (page.Find("tbody .over").TextContent, page.Find("tbody .ended").TextContent));
    }

    [Fact]
    public async Task Row_without_a_title_shows_the_body()
    {
        await Store.PublishAsync(new NotificationDraft { Body = "Only text" });
        Assert.Equal(["Only text"], Titles(await OpenAsync()));
    }

    [Fact]
    public async Task Row_with_raw_data_shows_its_type_and_the_first_120_characters()
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

    private static string Cell(IElement row, string name) => row.QuerySelector($"td.{name}")!.TextContent;
}
