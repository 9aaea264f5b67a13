using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace NotifyDashboard.Components.Kit;

/// <summary>A chart of figures over time, with a cursor for pointer and keyboard, and the same figures as a table.</summary>
public sealed partial class TimeChart : IAsyncDisposable
{
    /// <summary>The newest points; the table says so.</summary>
    private const int MaxRows = 400;

    private ElementReference _plot;
    private IJSObjectReference? _module, _chart;
    private ChartDrawing? _drawing, _sent;
    private bool _isTable, _isUnavailable, _isSending, _isDisposed;

    /// <summary>What is shown, with its unit: "Deliveries a second".</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>At most about 1,000 points; null while it is read.</summary>
    [Parameter, EditorRequired] public ChartData? Data { get; set; }

    /// <summary>The number of decimals that are shown at most: 0 for counts, 1 for rates.</summary>
    [Parameter] public int Decimals { get; set; }

    /// <summary>Controls in the chart's head, such as the choice of what is shown.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    [Inject] private IJSRuntime Js { get; set; } = null!;

    private bool ShowsPlot => _drawing is { IsEmpty: false } && !_isTable && !_isUnavailable;

    private bool IsLoading => _drawing is null || (ShowsPlot && _sent is null);

    protected override void OnParametersSet() => _drawing = Data is null ? null : ChartDrawing.Of(Label, Decimals, Data);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // One call at a time: the loop sees what has changed in the meantime.
        if (_isSending) return;
        _isSending = true;
        try
        {
            while (!_isDisposed && ShowsPlot && !_drawing!.Equals(_sent)) await SendAsync(_drawing);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left in the meantime.
        }
        catch (JSException)
        {
            // A module did not load, as when the server was restarted meanwhile. The table needs none.
            _isUnavailable = true;
            StateHasChanged();
        }
        finally
        {
            _isSending = false;
        }
    }

    private async Task SendAsync(ChartDrawing drawing)
    {
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./Components/Kit/TimeChart.razor.js");
        // After the disposal, the element is no longer in the page.
        if (!_isDisposed) _chart ??= await _module.InvokeAsync<IJSObjectReference>("open", _plot);
        if (!_isDisposed) _isUnavailable = !await _chart!.InvokeAsync<bool>("show", drawing);
        var isFirst = _sent is null;
        _sent = drawing;
        if (_isDisposed) await CloseAsync();
        else if (isFirst) StateHasChanged();
    }

    private string Figure(double value) => value.ToString("#,0." + new string('#', Decimals), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        // The loop that is sending closes the chart itself.
        if (!_isSending) await CloseAsync();
    }

    private async Task CloseAsync()
    {
        try
        {
            if (_chart is not null)
            {
                await _chart.InvokeVoidAsync("close");
                await _chart.DisposeAsync();
            }
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The circuit has ended; the browser releases everything itself.
        }
    }
}
