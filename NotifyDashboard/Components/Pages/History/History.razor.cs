using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>What was fired, newest first; new ones appear by themselves.</summary>
public sealed partial class History : IAsyncDisposable
{
    private const int PageSize = 50;

    // A page that stays open on a busy hub keeps the newest of what came by itself; what was asked for with "older" is kept.
    private const int MaxRows = 500;

    // Writes that are not through by then are those of a connection that takes nothing: no reason to look for ever.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _gone = new();
    private List<Notification>? _rows;
    private bool _more;
    private bool _failed;
    private bool _signedOut;
    private CoalescedRefresh? _refresh;
    private IDisposable? _watching;

    [Inject] private NotificationHub Hub { get; set; } = null!;

    [Inject] private INotificationLog Log { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private IAuthorizationService Authorization { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    protected override Task OnInitializedAsync() => RefreshAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _refresh = new CoalescedRefresh(Time, () => InvokeAsync(RefreshAndRenderAsync));
        _watching = Hub.Watch(_ => _refresh.Signal());
        // What came between the first reading and the watch.
        await RefreshAndRenderAsync();
    }

    private async Task RefreshAndRenderAsync()
    {
        try
        {
            await RefreshAsync();
            StateHasChanged();
            if (_rows is [var newest, ..] && IsSettling(newest)) _refresh?.Signal();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
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

    private async Task RefreshAsync()
    {
        if (!await MayReadAsync()) return;
        try
        {
            var newest = await Log.ReadNewestAsync(Query(null), _gone.Token);
            var known = _rows is [var first, ..] ? first.Id.Sequence : 0;
            var fresh = newest.TakeWhile(n => n.Id.Sequence > known).ToList();
            if (_rows is null || fresh.Count == newest.Count)
            {
                // All of it is new: what was shown before may not follow on directly.
                _more = newest.Count > PageSize;
                _rows = [.. newest.Take(PageSize)];
            }
            else
            {
                var most = Math.Max(MaxRows, _rows.Count);
                _rows.InsertRange(0, fresh);
                _more |= _rows.Count > most;
                _rows.RemoveRange(Math.Min(most, _rows.Count), Math.Max(0, _rows.Count - most));
            }
            _failed = false;
        }
        catch (LogUnavailableException)
        {
            _failed = true;
        }
    }

    private async Task LoadOlderAsync()
    {
        if (!await MayReadAsync()) return;
        try
        {
            var last = _rows![^1];
            var older = await Log.ReadNewestAsync(Query(last.Id.Sequence), _gone.Token);
            // A second click, or a burst that replaced the rows, was faster: these no longer follow on the last.
            if (_rows[^1] != last) return;
            _rows.AddRange(older.Take(PageSize));
            _more = older.Count > PageSize;
            _failed = false;
        }
        catch (LogUnavailableException)
        {
            _failed = true;
        }
    }

    /// <summary>Asked each time: the page was authorized when it was loaded, and its circuit lives on after the right is taken.</summary>
    private async Task<bool> MayReadAsync()
    {
        if (!_signedOut && (await Authorization.AuthorizeAsync((await Authentication).User, Policies.Operator)).Succeeded) return true;
        _signedOut = true;
        _rows = null;
        return false;
    }

    private static HistoryQuery Query(long? before) => new(TopicFilter.Everything, TopicFilter.Everything, Before: before, Limit: PageSize + 1);

    public async ValueTask DisposeAsync()
    {
        _watching?.Dispose();
        if (_refresh is not null) await _refresh.DisposeAsync();
        await _gone.CancelAsync();
        _gone.Dispose();
    }
}
