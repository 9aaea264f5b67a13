using Bunit;
using Microsoft.AspNetCore.Http;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Pages.History;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using HistoryPage = NotifyDashboard.Components.Pages.History.History;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryColumnsTests : HubPageContext
{
    public HistoryColumnsTests() => AddAuthorization().SetAuthorized("mara").SetPolicies(Policies.Operator, Policies.Sender);

    [Fact]
    public async Task History_without_a_column_cookie_shows_topic_publisher_and_written()
    {
        Assert.Equal(["Fired", "Title", "Topic", "By", "Written"], Heads(await OpenAsync(null)));
    }

    [Fact]
    public async Task The_cookie_of_the_request_chooses_the_columns_of_the_first_paint()
    {
        var page = await OpenAsync(ColumnChoice.Write(HistoryColumns.Type | HistoryColumns.Tags));
        Assert.Equal(["Fired", "Title", "Type", "Tags"], Heads(page));
        Assert.Equal(["position", "boat, north"], page.FindAll("tbody td").Skip(2).Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task Column_is_switched_on_in_the_columns_menu()
    {
        var menu = Render<MudBlazor.MudPopoverProvider>();
        var page = await OpenAsync(null);
        await page.FindAll("button").Single(button => button.TextContent.Contains("Columns", StringComparison.Ordinal)).ClickAsync();
        var type = menu.WaitForElement("[role=menuitemcheckbox]:nth-of-type(3)");
        Assert.Equal(("Type", "false"), (type.TextContent.Trim(), type.GetAttribute("aria-checked")));
        await type.ClickAsync();
        Assert.Equal(["Fired", "Title", "Topic", "By", "Type", "Written"], Heads(page));
        Assert.Equal("true", menu.Find("[role=menuitemcheckbox]:nth-of-type(3)").GetAttribute("aria-checked"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("-1")]
    public void Invalid_column_cookie_selects_the_default_columns(string cookie) => Assert.Equal(ColumnChoice.Read(null), ColumnChoice.Read(cookie));

    [Fact]
    public void Unknown_columns_in_the_cookie_are_ignored() => Assert.Equal(HistoryColumns.By, ColumnChoice.Read("1026"));

    private async Task<IRenderedComponent<HistoryPage>> OpenAsync(string? cookie)
    {
        await Store.PublishAsync(new NotificationDraft { Title = "North of the lake", Type = "position", Tags = ["boat", "north"] });
        var request = new DefaultHttpContext();
        if (cookie is not null) request.Request.Headers.Cookie = $"{ColumnChoice.Cookie}={cookie}";
        var page = Render<HistoryPage>(parameters => parameters.AddCascadingValue<HttpContext>(request));
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        return page;
    }

    private static IEnumerable<string> Heads(IRenderedComponent<HistoryPage> page) => page.FindAll("thead th").Select(head => head.TextContent);
}
