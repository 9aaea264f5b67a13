using AngleSharp.Dom;
using Bunit;
using NotifyDashboard.Components.Kit;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Kit;

public sealed class TimeChartTests : BunitContext
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private readonly BunitJSModuleInterop _chart;
    private readonly JSRuntimeInvocationHandler<bool> _show;

    public TimeChartTests()
    {
        Services.AddKit();
        _chart = JSInterop.SetupModule("./Components/Kit/TimeChart.razor.js").SetupModule("open", _ => true);
        _show = _chart.Setup<bool>("show", _ => true);
        _chart.SetupVoid("close").SetVoidResult();
    }

    [Fact]
    public void Chart_sends_its_points_once_rounded_and_without_values_that_JSON_lacks()
    {
        _show.SetResult(true);
        Show(Data(1.26, null, double.NaN), decimals: 1);
        var sent = Assert.IsType<ChartDrawing>(Assert.Single(_show.Invocations).Arguments[0]);
        Assert.Equal(("Deliveries a second", Start.ToUnixTimeMilliseconds(), 10_000d, 1), (sent.Label, sent.From, sent.Step, sent.Decimals));
        Assert.Equal([1.3, null, null], Assert.Single(sent.Series).Values);
    }

    [Fact]
    public void Chart_shows_a_skeleton_until_it_is_drawn()
    {
        var chart = Show(Data(1, 2));
        Assert.NotEmpty(chart.FindAll("[aria-busy] .mud-skeleton"));
        _show.SetResult(true);
        chart.WaitForAssertion(() => Assert.Empty(chart.FindAll(".mud-skeleton")));
    }

    [Fact]
    public void Chart_without_data_is_loading_and_calls_nothing()
    {
        var chart = Show(null);
        Assert.NotEmpty(chart.FindAll("[aria-busy] .mud-skeleton"));
        Assert.True(Toggle(chart).IsDisabled());
        Assert.Empty(JSInterop.Invocations);
    }

    [Fact]
    public void A_chart_whose_module_does_not_load_shows_the_table_and_says_so()
    {
        _show.SetException(new Microsoft.JSInterop.JSException("Failed to fetch dynamically imported module"));
        var chart = Show(Data(1, 2));
        chart.WaitForAssertion(() => Assert.Contains("could not be loaded", chart.Find(".note").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, chart.FindAll("tbody tr").Count);
    }

    [Fact]
    public void Equal_data_is_not_sent_again()
    {
        _show.SetResult(true);
        var chart = Show(Data(1, 2));
        chart.Render(p => p.Add(c => c.Data, Data(1, 2)));
        Assert.Single(_show.Invocations);
        chart.Render(p => p.Add(c => c.Data, Data(1, 3)));
        Assert.Equal(2, _show.Invocations.Count);
    }

    [Fact]
    public void While_a_call_is_running_only_the_newest_data_waits()
    {
        var chart = Show(Data(1));
        chart.Render(p => p.Add(c => c.Data, Data(2)));
        chart.Render(p => p.Add(c => c.Data, Data(3)));
        Assert.Single(_show.Invocations);
        _show.SetResult(true);
        chart.WaitForAssertion(() => Assert.Equal([1d, 3d], _show.Invocations.Select(call => Assert.IsType<ChartDrawing>(call.Arguments[0]).Series[0].Values[0])));
    }

    [Fact]
    public void Table_has_the_newest_first_and_names_what_was_not_recorded()
    {
        _show.SetResult(true);
        var chart = Show(new(Start, TimeSpan.FromSeconds(10), [new("Today", [1234.56, null, 3]), new("Yesterday", [7, 8], Dashed: true)]), decimals: 1);
        Assert.Equal(["Today", "Yesterday"], chart.FindAll("figure ul li").Select(item => item.TextContent));
        Toggle(chart).Click();
        Assert.Equal("true", Toggle(chart).GetAttribute("aria-pressed"));
        Assert.Equal("Deliveries a second, newest first", chart.Find("table caption").TextContent);
        Assert.Equal(["Time", "Today", "Yesterday"], chart.FindAll("th").Select(cell => cell.TextContent));
        Assert.Equal([["3", "–Not recorded"], ["–Not recorded", "8"], ["1,234.6", "7"]], chart.FindAll("tbody tr").Select(row => row.QuerySelectorAll("td").Skip(1).Select(cell => cell.TextContent.Trim())));
        Assert.Equal("2026-01-31T12:00:20.000Z", chart.Find("tbody local-time").GetAttribute("at"));
        Assert.True(chart.Find("tbody local-time").HasAttribute("seconds"));
    }

    [Fact]
    public void Table_takes_no_calls_and_the_chart_catches_up_afterwards()
    {
        _show.SetResult(true);
        var chart = Show(Data(1));
        Toggle(chart).Click();
        chart.Render(p => p.Add(c => c.Data, Data(2)));
        Assert.Equal("2", chart.Find("tbody td.num").TextContent.Trim());
        Assert.Single(_show.Invocations);
        Toggle(chart).Click();
        Assert.Empty(chart.FindAll("table"));
        Assert.Equal(2, _show.Invocations.Count);
    }

    [Fact]
    public void Table_is_limited_to_the_newest_400_points()
    {
        _show.SetResult(true);
        var chart = Show(Data([.. Enumerable.Range(0, 1000).Select(value => (double?)value)]));
        Toggle(chart).Click();
        var rows = chart.FindAll("tbody tr");
        Assert.Equal((400, "999"), (rows.Count, rows[0].QuerySelector(".num")!.TextContent.Trim()));
    }

    [Fact]
    public void Data_without_a_value_is_said_in_place_of_the_plot()
    {
        var chart = Show(Data(null, null));
        Assert.Equal("Nothing recorded yet.", chart.Find("p").TextContent);
        Assert.True(Toggle(chart).IsDisabled());
        Assert.Empty(JSInterop.Invocations);
    }

    [Fact]
    public void Without_uPlot_the_table_is_shown_with_what_to_do()
    {
        _show.SetResult(false);
        var chart = Show(Data(1, 2));
        Assert.Contains("run npm ci in wwwroot-shared and build again", chart.Find("p").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, chart.FindAll("tbody tr").Count);
        Assert.Empty(chart.FindAll("button"));
    }

    [Fact]
    public async Task Disposal_closes_the_chart_in_the_browser()
    {
        _show.SetResult(true);
        Show(Data(1));
        await DisposeComponentsAsync();
        _chart.VerifyInvoke("close");
    }

    [Fact]
    public async Task Disposal_during_a_call_closes_the_chart_when_the_call_returns()
    {
        Show(Data(1));
        await DisposeComponentsAsync();
        _chart.VerifyNotInvoke("close");
        _show.SetResult(true);
        await Eventually.TrueAsync(() => _chart.Invocations["close"].Count == 1);
    }

    private static ChartData Data(params double?[] values) => new(Start, TimeSpan.FromSeconds(10), [new("Today", values)]);

    private IRenderedComponent<TimeChart> Show(ChartData? data, int decimals = 0) => Render<TimeChart>(p => p.Add(c => c.Label, "Deliveries a second").Add(c => c.Decimals, decimals).Add(c => c.Data, data));

    private static IElement Toggle(IRenderedComponent<TimeChart> chart) => chart.Find("button[aria-label='Show as a table']");
}
