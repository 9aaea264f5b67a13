using Microsoft.AspNetCore.Components;
using NotifyDashboard.Components.Kit;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>What the hub does now and did lately, and what needs attention. The rules are in <see cref="OverviewModel"/>.</summary>
public sealed partial class Overview
{
    /// <summary>Whether this browser hides the first steps.</summary>
    public const string StepsCookie = "first-steps";

    private static readonly string[] RangeNames = [.. OverviewRange.All.Select(range => range.Name)];

    // Events and the clock share one refresh, twice a second at most.
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(500), Tick = TimeSpan.FromSeconds(1);

    private OverviewModel _model = null!;
    private CoalescedRefresh? _refresh;
    private IDisposable? _watching;
    private (OverviewSamples?, OverviewMetric) _charted;
    private ChartData? _chart;
    private IReadOnlyList<FigureTile> _tiles = [];
    private bool _hidesSteps;

    [Inject] private NotificationHub Hub { get; set; } = null!;

    [Inject] private OverviewSources Sources { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private BrowserState Browser { get; set; } = null!;

    [CascadingParameter] private HttpContext? Http { get; set; }

    /// <summary>Carried from the prerendered page, which has the cookie, into the circuit, which has none.</summary>
    [PersistentState] public bool? HidesSteps { get; set; }

    [SupplyParameterFromQuery] private string? Range { get; set; }

    [SupplyParameterFromQuery] private string? Show { get; set; }

    protected override Task OnInitializedAsync()
    {
        _hidesSteps = HidesSteps ??= Http?.Request.Cookies[StepsCookie] == "hidden";
        _model = new(Sources, Navigation.BaseUri, FindOperatorAsync, Gone) { Metric = OverviewMetric.Of(Show) };
        return ShowAsync(OverviewRange.Of(Range));
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        _refresh = new CoalescedRefresh(Time, () => InvokeAsync(RefreshAsync), RefreshInterval);
        _watching = Hub.Watch(entry =>
        {
            if (entry.Kind != LogEntryKind.Notification) _model.RecordChange();
            _refresh.Signal();
        });
        RepeatEvery(Tick, () =>
        {
            _refresh.Signal();
            return Task.FromResult(!_model.IsSignedOut);
        });
    }

    private async Task RefreshAsync()
    {
        try
        {
            if (!await _model.RefreshAsync()) return;
            Draw();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left during the reading.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task RetryAsync()
    {
        await _model.RefreshAsync();
        Draw();
    }

    private async Task ShowAsync(OverviewRange range)
    {
        await _model.ShowAsync(range);
        Draw();
    }

    private async Task ShowRangeAsync(string name)
    {
        await ShowAsync(OverviewRange.Of(name));
        await ShowUrlAsync();
    }

    private Task ShowMetricAsync(string name)
    {
        _model.Metric = OverviewMetric.Of(name);
        Draw();
        return ShowUrlAsync();
    }

    private async Task HideStepsAsync()
    {
        _hidesSteps = true;
        await Browser.SetCookieAsync(StepsCookie, "hidden");
    }

    private Task ShowUrlAsync() => Browser.SetUrlAsync($"?range={_model.Range.Name}&show={_model.Metric.Name}");

    private void Draw()
    {
        _tiles = FigureTile.Of(_model);
        if (_charted == (_model.Samples, _model.Metric)) return;
        _charted = (_model.Samples, _model.Metric);
        _chart = _model.Samples?.Chart(_model.Metric);
    }

    public override async ValueTask DisposeAsync()
    {
        _watching?.Dispose();
        if (_refresh is not null) await _refresh.DisposeAsync();
        await base.DisposeAsync();
    }
}
