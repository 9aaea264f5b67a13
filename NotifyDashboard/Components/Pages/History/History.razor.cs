using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using NotifyDashboard.Components.Kit;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>Everything that was published, newest first. New rows appear by themselves, but never move the list under a reader. The rules are in <see cref="HistoryModel"/>; here is what needs the browser.</summary>
public sealed partial class History
{
    private HistoryModel _model = null!;
    private CoalescedRefresh? _refresh, _search;
    private IDisposable? _watching;
    private HistoryBrowser? _browser;

    [Inject] private NotificationHub Hub { get; set; } = null!;

    [Inject] private INotificationLog Log { get; set; } = null!;

    [Inject] private IDeliveryStore Deliveries { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private BrowserState State { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter] private HttpContext? Http { get; set; }

    /// <summary>Carried from the prerendered page, which has the cookie, into the circuit, which has none.</summary>
    [PersistentState] public HistoryColumns? Columns { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }
    [SupplyParameterFromQuery] private string? Topic { get; set; }
    [SupplyParameterFromQuery] private string? Type { get; set; }
    [SupplyParameterFromQuery] private string? Severity { get; set; }
    [SupplyParameterFromQuery] private string? Since { get; set; }
    [SupplyParameterFromQuery] private string? Id { get; set; }

    private HistoryColumns Shown => Columns ?? default;

    protected override async Task OnInitializedAsync()
    {
        Columns ??= ColumnChoice.Read(Http?.Request.Cookies[ColumnChoice.Cookie]);
        _model = new(Log, new HistoryFigures(Hub, Deliveries, Time), Guard, Time, FindOperatorAsync, Gone) { Filters = HistoryFilters.Of(Text, Topic, Type, Severity, Since) };
        await _model.RefreshAsync();
        if (!string.IsNullOrEmpty(Id)) await _model.OpenAsync(Id);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _refresh = new CoalescedRefresh(Time, () => InvokeAsync(RefreshAndRenderAsync));
        _search = new CoalescedRefresh(Time, () => InvokeAsync(() => RenderingAsync(ReloadAsync)));
        _watching = Hub.Watch(entry =>
        {
            _model.RecordChange(entry);
            _refresh.Signal();
        });
        _browser = await HistoryBrowser.OpenAsync(Js, atTop => InvokeAsync(() => SetAtTop(atTop)));
        // The operator may have typed filters or opened a notification before the script was loaded.
        if (_model.OpenId is not null || !_model.Filters.IsEmpty) await ShowUrlAsync();
        if (_model.OpenId is not null && _browser is { } browser) await browser.FocusDrawerAsync();
        // What was published between the first reading and the watch.
        await RefreshAndRenderAsync();
    }

    private void SetAtTop(bool atTop)
    {
        _model.IsAtTop = atTop;
        if (atTop && _model.Rows.Waiting > 0) _refresh?.Signal();
    }

    private Task RefreshAndRenderAsync() => RenderingAsync(async () =>
    {
        var wasIncomplete = _model.IsIncomplete;
        await _model.RefreshAsync();
        // With the index rebuilt, there may be more between the rows that were found so far.
        if (wasIncomplete && !_model.IsIncomplete) await ReloadAsync();
        if (_model.IsUnsettled) _refresh?.Signal();
    });

    private async Task RenderingAsync(Func<Task> work)
    {
        try
        {
            await work();
            StateHasChanged();
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && Gone.IsCancellationRequested)
        {
            // The page was left during the reading.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task FilterAsync(HistoryFilters filters)
    {
        _model.Filters = filters;
        // While the operator types: at most four readings a second, and one after the last key.
        if (_search is null) await ReloadAsync();
        else _search.Signal();
    }

    private async Task ReloadAsync()
    {
        if (await _model.ReloadAsync()) await ShowUrlAsync();
    }

    private async Task ShowFreshAsync()
    {
        await CloseAsync();
        _model.IsAtTop = true;
        if (_browser is not null) await _browser.ToTopAsync();
        await _model.RefreshAsync();
        StateHasChanged();
        // The button that had the focus disappears.
        if (_browser is not null && _model.Rows.All is [var newest, ..]) await _browser.FocusRowAsync(newest.Id.ToString());
    }

    private async Task OpenAsync(string id)
    {
        await _model.OpenAsync(id);
        await ShowUrlAsync();
        StateHasChanged();
        if (_browser is not null) await _browser.FocusDrawerAsync();
    }

    private async Task StepAsync(int by)
    {
        if (!await _model.StepAsync(by)) return;
        await ShowUrlAsync();
        StateHasChanged();
        // The focus stays on the button, so that it can be pressed again, unless it is disabled now.
        if (_browser is not null && !(by < 0 ? _model.HasNewer : _model.HasOlder)) await _browser.FocusDrawerAsync();
    }

    private async Task CloseAsync()
    {
        if (_model.Close() is not { } closed) return;
        await ShowUrlAsync();
        if (_browser is not null) await _browser.FocusRowAsync(closed);
        _refresh?.Signal();
    }

    private async Task RetractAsync()
    {
        if (_model.Open is not { } open) return;
        if (!await Dialogs.AskAsync($"Retract “{HistoryDrawer.Title(open)}”?", "It disappears for everyone at once, and its content is deleted. This cannot be undone.", "Retract")) return;
        await _model.RetractAsync(open);
        // The button that had the focus disappears.
        if (_browser is not null) await _browser.FocusDrawerAsync();
    }

    private async Task ShowColumnsAsync(HistoryColumns columns)
    {
        Columns = columns;
        await State.SetCookieAsync(ColumnChoice.Cookie, ColumnChoice.Write(columns));
    }

    private async Task ShowUrlAsync()
    {
        await State.SetUrlAsync(_model.Filters.ToUrl(_model.OpenId));
    }

    public override async ValueTask DisposeAsync()
    {
        _watching?.Dispose();
        if (_refresh is not null) await _refresh.DisposeAsync();
        if (_search is not null) await _search.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
        await base.DisposeAsync();
    }
}
