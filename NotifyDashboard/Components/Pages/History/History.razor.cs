using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using NotifyDashboard.Components.Kit;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>Everything that was fired, newest first. New rows appear by themselves, but never move what somebody reads.</summary>
public sealed partial class History
{
    private const int MaxCounted = 1_000;

    private readonly HistoryRows _rows = new();
    // What was updated or retracted since the last refresh, as it is now; each refresh empties it.
    private readonly ConcurrentDictionary<long, Notification> _changed = new();
    private HistoryFilters _filters = new();
    private HistoryFigures _figures = null!;
    private HistoryCount? _count; // of what matches the filters
    private Cursor? _counted; // the newest that is in it
    private bool _atTop = true;
    private string? _id, _fault;
    private Notification? _shown;
    private bool _failed, _signedOut;
    private bool _searchFailed; // and everything but words could be read
    private bool _isIncomplete; // the search index is being rebuilt
    private CoalescedRefresh? _refresh, _search;
    private IDisposable? _watching;
    private HistoryBrowser? _browser;

    [Inject] private NotificationHub Hub { get; set; } = null!;

    [Inject] private INotificationLog Log { get; set; } = null!;

    [Inject] private IDeliveryStore Deliveries { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

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

    /// <summary>The place of the open one in the list; -1 when it is not in it.</summary>
    private int At => _rows.IndexOf(_id);

    private bool HasNewer => At > 0;

    private bool HasOlder => At >= 0 && (At < _rows.All!.Count - 1 || _rows.Next is not null);

    protected override async Task OnInitializedAsync()
    {
        Columns ??= ColumnChoice.Read(Http?.Request.Cookies[ColumnChoice.Cookie]);
        _figures = new HistoryFigures(Hub, Deliveries, Time);
        _filters = HistoryFilters.Of(Text, Topic, Type, Severity, Since);
        await RefreshAsync();
        if (!string.IsNullOrEmpty(Id)) await ShowAsync(Id);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _refresh = new CoalescedRefresh(Time, () => InvokeAsync(RefreshAndRenderAsync));
        _search = new CoalescedRefresh(Time, () => InvokeAsync(() => RenderingAsync(ReloadAsync)));
        _watching = Hub.Watch(entry =>
        {
            if (entry.Kind != LogEntryKind.Notification) _changed[entry.Notification.Id.Sequence] = entry.Notification;
            _refresh.Signal();
        });
        _browser = await HistoryBrowser.OpenAsync(Js, atTop => InvokeAsync(() => SetAtTop(atTop)));
        // What was typed or opened before the script was there.
        if (_id is not null || !_filters.IsEmpty) await ShowUrlAsync();
        if (_id is not null && _browser is { } browser) await browser.FocusDrawerAsync();
        // What was fired between the first reading and the watch.
        await RefreshAndRenderAsync();
    }

    private void SetAtTop(bool atTop)
    {
        _atTop = atTop;
        if (atTop && _rows.Waiting > 0) _refresh?.Signal();
    }

    private Task RefreshAndRenderAsync() => RenderingAsync(async () =>
    {
        var wasIncomplete = _isIncomplete;
        await RefreshAsync();
        // With the index rebuilt, there may be more between the rows that were found so far.
        if (wasIncomplete && !_isIncomplete) await ReloadAsync();
        if (_isIncomplete || _rows.All is [var newest, ..] && _figures.IsSettling(newest)) _refresh?.Signal();
    });

    private async Task RenderingAsync(Func<Task> work)
    {
        try
        {
            await work();
            StateHasChanged();
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException && Gone.IsCancellationRequested)
        {
            // The page was left while reading.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    private async Task FilterAsync(HistoryFilters filters)
    {
        _filters = filters;
        // Typing: at most four readings a second, and one after the last key.
        if (_search is null) await ReloadAsync();
        else _search.Signal();
    }

    /// <summary>Reads from the newest, as after another filter. What is shown stays until that is read.</summary>
    private async Task ReloadAsync()
    {
        ApplyChanges();
        var filters = _filters;
        var read = await ReadAsync(null);
        // Typed on meanwhile: the next reading is due.
        if (filters != _filters) return;
        if (read is var (newest, next)) _rows.Replace(newest, next);
        else _rows.Clear();
        await CountAsync();
        await ShowUrlAsync();
    }

    private async Task RefreshAsync()
    {
        var hasChanged = ApplyChanges();
        if (await ReadAsync(null) is not var (newest, next)) return;
        _rows.AddNewest(newest, next, isHeld: !_atTop || _id is not null);
        // "1,000+" stays true whatever comes.
        if (_count is not { IsExact: false } && (hasChanged || _counted != (newest is [var top, ..] ? top.Id : null))) await CountAsync();
    }

    /// <returns>Whether anything has changed, in the list or not.</returns>
    private bool ApplyChanges()
    {
        var hasChanged = false;
        foreach (var sequence in _changed.Keys)
        {
            if (!_changed.TryRemove(sequence, out var changed)) continue;
            hasChanged = true;
            _rows.Change(changed);
            if (_shown?.Id == changed.Id) _shown = changed;
        }
        return hasChanged;
    }

    // Looks at a bounded number of rows, and only when something was fired or has changed.
    private async Task CountAsync()
    {
        var filters = _filters;
        HistoryCount? count = null;
        try
        {
            if (!filters.IsEmpty && !_failed && await FindReaderAsync() is { } user) count = await Log.CountHistoryAsync(filters.ToQuery(Time.GetUtcNow(), user, null, MaxCounted), Gone);
        }
        catch (StoreUnavailableException)
        {
            // No count; the next reading of the rows tells what is wrong.
        }
        if (filters == _filters) (_count, _counted) = (count, _rows.All is [var newest, ..] ? newest.Id : null);
    }

    private async Task ShowFreshAsync()
    {
        await CloseAsync();
        _atTop = true;
        if (_browser is not null) await _browser.ToTopAsync();
        await RefreshAsync();
        StateHasChanged();
        // The button that had the focus disappears.
        if (_browser is not null && _rows.All is [var newest, ..]) await _browser.FocusRowAsync(newest.Id.ToString());
    }

    private async Task LoadOlderAsync()
    {
        if (_rows.Next is { } before && await ReadAsync(before) is var (older, next)) _rows.AddOlder(older, next, before);
    }

    /// <returns>Null when it could not be read, or when the filters have changed meanwhile.</returns>
    private async Task<(IReadOnlyList<Notification> Found, long? Next)?> ReadAsync(long? before)
    {
        if (await FindReaderAsync() is not { } user) return null;
        var filters = _filters;
        try
        {
            var (found, next, isIncomplete) = await Log.ReadHistoryAsync(filters.ToQuery(Time.GetUtcNow(), user, before, HistoryRows.PageSize), Gone);
            await _figures.AddAsync([.. found, .. _rows.All ?? []], Gone);
            if (filters != _filters) return null;
            (_failed, _isIncomplete) = (false, isIncomplete);
            return (found, next);
        }
        catch (StoreUnavailableException fault)
        {
            (_failed, _searchFailed) = (true, fault is SearchUnavailableException);
            return null;
        }
    }

    private async Task OpenAsync(string id)
    {
        await ShowAsync(id);
        await ShowUrlAsync();
        StateHasChanged();
        if (_browser is not null) await _browser.FocusDrawerAsync();
    }

    private async Task ShowAsync(string id)
    {
        (_id, _fault) = (id, null);
        _shown = At >= 0 ? _rows.All![At] : null;
        if (_shown is not null || !Cursor.TryParse(id, out var cursor) || await FindReaderAsync() is null) return;
        try
        {
            _shown = await Log.FindAsync(cursor, Gone);
            if (_shown is not null) await _figures.AddAsync([_shown], Gone);
        }
        catch (StoreUnavailableException)
        {
            (_failed, _searchFailed) = (true, false);
        }
    }

    private async Task StepAsync(int by)
    {
        if (At < 0) return;
        if (At + by >= _rows.All!.Count) await LoadOlderAsync();
        if (At + by is not (>= 0 and var to) || to >= _rows.All!.Count) return;
        // The focus stays on the button, so that it can be pressed again, unless it is disabled now.
        await ShowAsync(_rows.All[to].Id.ToString());
        await ShowUrlAsync();
        StateHasChanged();
        if (_browser is not null && !(by < 0 ? HasNewer : HasOlder)) await _browser.FocusDrawerAsync();
    }

    private async Task CloseAsync()
    {
        if (_id is not { } closed) return;
        (_id, _shown) = (null, null);
        await ShowUrlAsync();
        if (_browser is not null) await _browser.FocusRowAsync(closed);
        _refresh?.Signal();
    }

    private async Task RetractAsync()
    {
        if (_shown is not { } shown) return;
        if (!await Dialogs.AskAsync($"Retract “{HistoryDrawer.Title(shown)}”?", "It disappears for everyone at once, and its content is deleted. This cannot be undone.", "Retract")) return;
        _fault = await Guard.RetractAsync(shown.Id);
        // The button that had the focus disappears.
        if (_browser is not null) await _browser.FocusDrawerAsync();
    }

    private async Task ShowColumnsAsync(HistoryColumns columns)
    {
        Columns = columns;
        if (_browser is not null) await _browser.SetCookieAsync(ColumnChoice.Cookie, ColumnChoice.Write(columns));
    }

    private async Task ShowUrlAsync()
    {
        if (_browser is not null) await _browser.SetUrlAsync(_filters.ToUrl(_id));
    }

    /// <returns>Null when the right to read has ended: what was shown is gone then.</returns>
    private async Task<ClaimsPrincipal?> FindReaderAsync()
    {
        if (!_signedOut && await FindOperatorAsync() is { } user) return user;
        _rows.Clear();
        (_signedOut, _count, _id, _shown) = (true, null, null, null);
        return null;
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
