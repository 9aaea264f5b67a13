using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace NotifyDashboard.Components.Badge;

/// <summary>
/// A live unread badge over its content. The browser listens, by the same module as <c>&lt;notify-badge&gt;</c>, and all badges of a page share
/// one event stream. Prerendered it shows and starts nothing. A lost circuit loses no count: the browser counts on and hands it over later.
/// </summary>
public sealed partial class NotificationBadge(IJSRuntime js) : IAsyncDisposable
{
    private DotNetObjectReference<NotificationBadge>? _self;
    private IJSObjectReference? _module, _listener;
    private (string Topics, string? Hub, string? TokenUrl, BadgeMode Mode)? _listening;
    private int _generation, _spoken, _nods;
    private long _received, _changed;
    private bool _starting, _reading, _disposed;

    /// <summary>Exact topics, separated by spaces; none is the recipient's inbox, or <c>broadcast</c>.</summary>
    [Parameter] public string Topics { get; set; } = "";

    /// <summary>What is counted, in the plural; spoken with the count.</summary>
    [Parameter] public string Label { get; set; } = "unread notifications";

    /// <summary>Above it the badge shows it with a plus.</summary>
    [Parameter] public int Max { get; set; } = 99;

    /// <summary>Address of the hub's root; null is the hub of this page.</summary>
    [Parameter] public string? Hub { get; set; }

    /// <summary>The page's own address that answers a POST with <c>{"token": "…"}</c>, the recipient's token; null: an anonymous visitor, or the recipient of a cookie.</summary>
    [Parameter] public string? TokenUrl { get; set; }

    /// <summary>Which of a recipient's two numbers.</summary>
    [Parameter] public BadgeMode Mode { get; set; }

    /// <summary>While true, arriving notifications count as read: the recipient is looking at them.</summary>
    [Parameter] public bool Reading { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>Each notification in order; of a burst the newest that fit a delivery (at most 50). The count always has all.</summary>
    [Parameter] public EventCallback<BadgeNotification> OnNotification { get; set; }

    /// <summary>Each notification on <see cref="Topics"/> that has other content now. It may be one that this page never had.</summary>
    [Parameter] public EventCallback<BadgeUpdate> OnUpdated { get; set; }

    /// <summary>
    /// Each notification that was retracted, replaced or has expired: remove it from the page, by its id. It may be one that this page never
    /// had, also of topics that only another badge of the page asks for.
    /// </summary>
    [Parameter] public EventCallback<BadgeRetract> OnRetracted { get; set; }

    [Parameter] public EventCallback<BadgeState> OnStateChanged { get; set; }

    [Parameter] public EventCallback<int> CountChanged { get; set; }

    /// <summary>Unread on this page.</summary>
    public int Count { get; private set; }

    /// <summary>Marks everything on these topics as seen.</summary>
    public async Task ClearAsync()
    {
        if (_listener is null) return;
        await _listener.InvokeVoidAsync("clear");
        await ShowAsync(0);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // One call at a time: parameters may change while the module is still loading.
        if (_starting) return;
        _starting = true;
        try
        {
            while (!_disposed && _listening != (Topics, Hub, TokenUrl, Mode)) await ListenAsync();
            if (!_disposed && _reading != Reading) await _listener!.InvokeVoidAsync("reading", _reading = Reading);
        }
        catch (JSDisconnectedException)
        {
            // The page was left in the meantime, and its stream has ended with it.
        }
        finally
        {
            _starting = false;
        }
    }

    private async Task ListenAsync()
    {
        _self ??= DotNetObjectReference.Create(this);
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./Components/Badge/NotificationBadge.razor.js");
        var left = _listener;
        _listening = (Topics, Hub, TokenUrl, Mode);
        (_received, _changed) = (0, 0);
        _reading = false;
        _listener = await _module.InvokeAsync<IJSObjectReference>("start", _self, ++_generation, Topics, Hub, TokenUrl, Mode == BadgeMode.Unread ? "unread" : "unseen");
        if (left is not null) await CloseAsync(left);
        if (_disposed) await CloseAsync(_listener);
    }

    /// <summary>Called by the browser. Never throws: it would be asked again for what it has already taken.</summary>
    [JSInvokable]
    public Task ReceiveAsync(BadgeDelivery delivery) => InvokeAsync(async () =>
    {
        if (_disposed || delivery is not { Fits: true } || delivery.Listener != _generation) return;
        var notifications = Fresh(delivery.Notifications, delivery.Received, ref _received);
        var changes = Fresh(delivery.Changes, delivery.Changed, ref _changed);
        (_spoken, _nods) = (delivery.Spoken, delivery.Nods);
        try
        {
            foreach (var notification in notifications) await OnNotification.InvokeAsync(notification);
            foreach (var change in changes)
            {
                if (change.Updated is { } updated) await OnUpdated.InvokeAsync(updated);
                if (change.Retracted is { } retracted) await OnRetracted.InvokeAsync(retracted);
            }
            if (delivery.State is { } state) await OnStateChanged.InvokeAsync(state);
            await ShowAsync(delivery.Count);
        }
        // Whatever a page's handler throws belongs to its circuit, as from any other event.
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    /// <summary>What of <paramref name="brought"/>, whose last is number <paramref name="last"/>, was not there yet.</summary>
    private static IEnumerable<T> Fresh<T>(IReadOnlyList<T> brought, long last, ref long known)
    {
        var fresh = (int)Math.Clamp(last - known, 0, brought.Count);
        known = Math.Max(known, last);
        return brought.TakeLast(fresh);
    }

    private async Task ShowAsync(int count)
    {
        var changed = count != Count;
        Count = count;
        if (changed) await CountChanged.InvokeAsync(count);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        try
        {
            if (_listener is not null) await CloseAsync(_listener);
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The circuit has ended; the browser releases everything itself.
        }
        finally
        {
            _self?.Dispose();
        }
    }

    private static async Task CloseAsync(IJSObjectReference listener)
    {
        await listener.InvokeVoidAsync("close");
        await listener.DisposeAsync();
    }
}
