using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace NotifyDashboard.Components.Inbox;

/// <summary>
/// A bell with its badge, the recipient's inbox behind it, and toasts: <c>&lt;notify-inbox&gt;</c> with parameters and callbacks. Everything in it
/// happens in the browser, so a lost circuit disables only the callbacks. Prerendered, it shows nothing.
/// </summary>
public sealed partial class NotificationInbox(IJSRuntime js) : IAsyncDisposable
{
    private DotNetObjectReference<NotificationInbox>? _self;
    private IJSObjectReference? _module, _listener;
    private ElementReference _element;
    private bool _disposed;

    /// <summary>The page's own address that answers a POST with <c>{"token": "…"}</c>, the recipient's token; null: an anonymous visitor, or the recipient of a cookie.</summary>
    [Parameter] public string? TokenUrl { get; set; }

    /// <summary>Address of the hub's root; null is the hub of this page.</summary>
    [Parameter] public string? Hub { get; set; }

    /// <summary>Above it the badge shows it with a plus.</summary>
    [Parameter] public int Max { get; set; } = 99;

    /// <summary>Of its words and dates, as <c>lang</c> has it (BCP 47); null is the page's.</summary>
    [Parameter] public string? Language { get; set; }

    /// <summary>Whether a notification that arrives while the page is visible is shown for a moment.</summary>
    [Parameter] public bool Toasts { get; set; } = true;

    /// <summary>Whether a toast can be heard.</summary>
    [Parameter] public bool Sound { get; set; }

    /// <summary>Replaces the bell.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>The number of unseen notifications in the inbox.</summary>
    [Parameter] public EventCallback<int> CountChanged { get; set; }

    /// <summary>Whether the panel is open.</summary>
    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>A notification was opened. Where this is handled, the page goes to its address itself; otherwise the browser does.</summary>
    [Parameter] public EventCallback<OpenedNotification> OnOpened { get; set; }

    /// <summary>Opens the panel.</summary>
    public ValueTask ShowAsync() => _listener?.InvokeVoidAsync("show") ?? default;

    /// <summary>Closes the panel.</summary>
    public ValueTask CloseAsync() => _listener?.InvokeVoidAsync("hide") ?? default;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            _self = DotNetObjectReference.Create(this);
            _module = await js.InvokeAsync<IJSObjectReference>("import", "./Components/Inbox/NotificationInbox.razor.js");
            var listener = await _module.InvokeAsync<IJSObjectReference>("start", _element, _self, OnOpened.HasDelegate);
            if (_disposed) await EndAsync(listener);
            else _listener = listener;
        }
        catch (JSDisconnectedException)
        {
            // The page was left in the meantime.
        }
    }

    /// <summary>Called by the browser.</summary>
    [JSInvokable]
    public Task CountAsync(int count) => NotifyAsync(() => CountChanged.InvokeAsync(Math.Max(0, count)));

    /// <inheritdoc cref="CountAsync"/>
    [JSInvokable]
    public Task ToggleAsync(bool open) => NotifyAsync(() => OpenChanged.InvokeAsync(open));

    /// <inheritdoc cref="CountAsync"/>
    [JSInvokable]
    public Task OpenAsync(OpenedNotification opened) => NotifyAsync(() => opened is { Fits: true } ? OnOpened.InvokeAsync(opened) : Task.CompletedTask);

    private Task NotifyAsync(Func<Task> notify) => InvokeAsync(async () =>
    {
        if (_disposed) return;
        try
        {
            await notify();
        }
        // Whatever a page's handler throws belongs to its circuit, as from any other event.
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        try
        {
            if (_listener is not null) await EndAsync(_listener);
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

    private static async Task EndAsync(IJSObjectReference listener)
    {
        await listener.InvokeVoidAsync("end");
        await listener.DisposeAsync();
    }
}
