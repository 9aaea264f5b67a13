using AngleSharp.Html.Parser;
using Bunit;
using NotifyDashboard.Demo.Page;

namespace NotifyDashboard.Tests.Demo.Page;

public sealed class DemoSnippetTests : BunitContext
{
    [Theory]
    [InlineData("http://localhost:5080/")]
    [InlineData("http://hub/a&amp;b&copy=1/")]
    [InlineData("http://hub/\"></script><script>alert(1)</script><x y='`$(touch x)`'/")]
    public void A_page_that_the_snippet_is_pasted_into_loads_the_hubs_module_and_nothing_else(string hub)
    {
        var snippet = Render<DemoSnippet>(parameters => parameters.Add(demo => demo.Hub, hub)).Find("#snippet").TextContent;
        var body = new HtmlParser().ParseDocument($"<!doctype html><body>{snippet}</body>").Body!;
        Assert.Equal(["SCRIPT", "NOTIFY-BADGE"], body.QuerySelectorAll("*").Select(element => element.TagName));
        Assert.Equal((hub + "shared/notify-badge.js", ""), (body.QuerySelector("script")!.GetAttribute("src"), body.QuerySelector("script")!.TextContent));
    }
}
