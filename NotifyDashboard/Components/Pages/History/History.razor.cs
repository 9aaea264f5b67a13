using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>What was fired, newest first; new ones appear by themselves, but never under the eyes of whoever reads.</summary>
public sealed partial class History : IAsyncDisposable
{
    private const int PageSize = 50;

    // A page that stays open on a busy hub keeps the newest of what came by itself; what was asked for with "older" is kept.
    private const int MaxRows = 500;

    // Writes that are not through by then are those of a connection that takes nothing: no reason to look for ever.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _gone = new();
    private HistoryFilters _filters = new();
    private List<Notification>? _rows;
    // Of rows that the hot tail has forgotten.
    private readonly Dictionary<long, Delivery> _figures = [];
    // What was updated or ended since the last refresh, as it is now; emptied by each.
    private readonly ConcurrentDictionary<long, Notification> _changed = new();
    private long? _next;
    private bool _stoppedShort;
    private int _waiting;
    private bool _atTop = true;
    private string? _id;
    private Notification? _shown;
    private string? _takeBackFault;
    private bool _failed;
    private bool _searchFailed; // and all but words could be read
    private bool _signedOut;
    private CoalescedRefresh? _refresh;
    private CoalescedRefresh? _search;
    private IDisposable? _watching;
    private HistoryBrowser? _browser;

    [Inject] private NotificationHub Hub { get; set; } = null!;

    [Inject] private INotificationLog Log { get; set; } = null!;

    [Inject] private IDeliveryStore Deliveries { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private SenderActs Acts { get; set; } = null!;

    [Inject] private IAuthorizationService Authorization { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "q")] private string? Text { get; set; }
    [SupplyParameterFromQuery] private string? Topic { get; set; }
    [SupplyParameterFromQuery] private string? Type { get; set; }
    [SupplyParameterFromQuery] private string? Severity { get; set; }
    [SupplyParameterFromQuery] private string? Since { get; set; }
    [SupplyParameterFromQuery] private string? Id { get; set; }

    /// <summary>Where the open one stands in the list; -1 when it does not.</summary>
    private int At => _rows?.FindIndex(r => r.Id.ToString() == _id) ?? -1;

    protected override async Task OnInitializedAsync()
    {
        _filters = HistoryFilters.Of(Text, Topic, Type, Severity, Since);
        await RefreshAsync();
        if (!string.IsNullOrEmpty(Id)) await ShowAsync(Id);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _refresh = new CoalescedRefresh(Time, () => InvokeAsync(RefreshAndRenderAsync));
        _search = new CoalescedRefresh(Time, () => InvokeAsync(SearchAndRenderAsync));
        _watching = Hub.Watch(entry =>
        {
            if (entry.Kind != LogEntryKind.Notification) _changed[entry.Notification.Id.Sequence] = entry.Notification;
            _refresh.Signal();
        });
        _browser = await HistoryBrowser.OpenAsync(Js, atTop => InvokeAsync(() => SetAtTop(atTop)));
        // By the address, or by a press that was faster than the script.
        if (_id is not null && _browser is { } browser) await browser.FocusDrawerAsync();
        // What came between the first reading and the watch.
        await RefreshAndRenderAsync();
    }

    private void SetAtTop(bool atTop)
    {
        _atTop = atTop;
        if (atTop && _waiting > 0) _refresh?.Signal();
    }

    private Task RefreshAndRenderAsync() => RenderingAsync(async () =>
    {
        await RefreshAsync();
        if (_rows is [var newest, ..] && IsSettling(newest)) _refresh?.Signal();
    });

    private Task SearchAndRenderAsync() => RenderingAsync(ReloadAsync);

    private async Task RenderingAsync(Func<Task> work)
    {
        try
        {
            await work();
            StateHasChanged();
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException && _gone.IsCancellationRequested)
        {
            // The page was left while reading.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    // The writes of what was just fired are still under way: it is worth another look.
    private bool IsSettling(Notification fired) =>
        Time.GetUtcNow() - fired.PublishedAt < Settling && Hub.Tail.Find(fired.Id.Sequence) is { } frame && frame.Written < frame.Offered;

    private async Task FilterAsync(HistoryFilters filters)
    {
        _filters = filters;
        // Typing: at most four readings a second, and one after the last key.
        if (_search is null) await ReloadAsync();
        else _search.Signal();
    }

    /// <summary>From the newest, as after another filter.</summary>
    private async Task ReloadAsync()
    {
        (_rows, _waiting) = (null, 0);
        _figures.Clear();
        await RefreshAsync();
        await SayUrlAsync();
    }

    private async Task RefreshAsync()
    {
        ApplyChanges();
        if (await ReadAsync(null) is not var (newest, next)) return;
        var known = _rows is [var first, ..] ? first.Id.Sequence : 0;
        var fresh = newest.TakeWhile(n => n.Id.Sequence > known).ToList();
        if (_rows is { Count: > 0 } && fresh.Count > 0 && !(_atTop && _id is null))
        {
            // Somebody reads: nothing moves, a button says how many there are.
            _waiting = fresh.Count;
            return;
        }
        _waiting = 0;
        if (_rows is null or [] || fresh.Count == newest.Count)
        {
            // All of it is new: what was shown before may not follow on directly.
            _rows = [.. newest];
            SetNext(next, newest.Count);
            return;
        }
        var most = Math.Max(MaxRows, _rows.Count);
        _rows.InsertRange(0, fresh);
        if (_rows.Count <= most) return;
        _rows.RemoveRange(most, _rows.Count - most);
        SetNext(_rows[^1].Id.Sequence, PageSize);
    }

    // In their places: nothing moves.
    private void ApplyChanges()
    {
        foreach (var sequence in _changed.Keys)
        {
            if (!_changed.TryRemove(sequence, out var changed)) continue;
            if (_rows?.FindIndex(row => row.Id == changed.Id) is { } at and >= 0) _rows[at] = changed;
            if (_shown?.Id == changed.Id) _shown = changed;
        }
    }

    private async Task TakeBackAsync()
    {
        if (_shown is { } shown) _takeBackFault = await Acts.TakeBackAsync(shown.Id);
    }

    private async Task ShowFreshAsync()
    {
        await CloseAsync();
        _atTop = true;
        if (_browser is not null) await _browser.ToTopAsync();
        await RefreshAsync();
    }

    private async Task LoadOlderAsync()
    {
        if (_rows is null || _next is not { } before || await ReadAsync(before) is not var (older, next)) return;
        // A second click, or a burst that replaced the rows, was faster: these no longer follow on the last.
        if (_next != before) return;
        _rows.AddRange(older);
        SetNext(next, older.Count);
    }

    // Fewer than a page although there is more: the reading stopped at its bound.
    private void SetNext(long? next, int found) => (_next, _stoppedShort) = (next, next is not null && found < PageSize);

    private async Task<(IReadOnlyList<Notification> Found, long? Next)?> ReadAsync(long? before)
    {
        if (!await MayReadAsync()) return null;
        try
        {
            var (found, next) = await Log.ReadHistoryAsync(_filters.ToQuery(Time.GetUtcNow(), TopicFilter.Everything, before, PageSize), _gone.Token);
            await AddFiguresAsync([.. found, .. _rows ?? []]);
            _failed = false;
            return (found, next);
        }
        catch (LogUnavailableException fault)
        {
            (_failed, _searchFailed) = (true, fault is SearchUnavailableException);
            return null;
        }
    }

    private async Task AddFiguresAsync(IReadOnlyList<Notification> rows)
    {
        if (rows is []) return;
        long[] forgotten = [.. rows.Select(r => r.Id.Sequence).Where(s => s <= Hub.Tail.Floor && !_figures.ContainsKey(s))];
        if (forgotten.Length == 0) return;
        var read = await Deliveries.ReadAsync(forgotten, _gone.Token);
        foreach (var sequence in forgotten) _figures[sequence] = read.GetValueOrDefault(sequence, new(sequence, 0, 0));
    }

    /// <summary>As it is now, or as it was saved.</summary>
    private Delivery DeliveryOf(Notification row) =>
        Hub.Tail.Find(row.Id.Sequence) is { } frame ? new(frame.Sequence, frame.Offered, frame.Written) : _figures.GetValueOrDefault(row.Id.Sequence);

    private async Task OpenAsync(string id)
    {
        await ShowAsync(id);
        await SayUrlAsync();
        StateHasChanged();
        if (_browser is not null) await _browser.FocusDrawerAsync();
    }

    private async Task ShowAsync(string id)
    {
        (_id, _takeBackFault) = (id, null);
        _shown = _rows?.Find(r => r.Id.ToString() == id);
        if (_shown is not null || !Cursor.TryParse(id, out var cursor) || !await MayReadAsync()) return;
        try
        {
            _shown = await Log.FindAsync(cursor, _gone.Token);
            if (_shown is not null) await AddFiguresAsync([_shown]);
        }
        catch (LogUnavailableException)
        {
            (_failed, _searchFailed) = (true, false);
        }
    }

    private Task StepAsync(int by) => At + by is var to && to >= 0 && to < _rows?.Count ? OpenAsync(_rows[to].Id.ToString()) : Task.CompletedTask;

    private async Task CloseAsync()
    {
        if (_id is not { } closed) return;
        (_id, _shown) = (null, null);
        await SayUrlAsync();
        if (_browser is not null) await _browser.FocusRowAsync(closed);
        _refresh?.Signal();
    }

    private async Task SayUrlAsync()
    {
        if (_browser is not null) await _browser.SetUrlAsync(_filters.ToUrl(_id));
    }

    /// <summary>Asked each time: the page was authorized when it was loaded, and its circuit lives on after the right is taken.</summary>
    private async Task<bool> MayReadAsync()
    {
        if (!_signedOut && (await Authorization.AuthorizeAsync((await Authentication).User, Policies.Operator)).Succeeded) return true;
        (_signedOut, _rows, _id, _shown) = (true, null, null, null);
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        _watching?.Dispose();
        if (_refresh is not null) await _refresh.DisposeAsync();
        if (_search is not null) await _search.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
        await _gone.CancelAsync();
        _gone.Dispose();
    }
}
