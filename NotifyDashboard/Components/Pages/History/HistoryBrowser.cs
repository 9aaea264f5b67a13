using Microsoft.JSInterop;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>The page's script, History.razor.js. Its calls do nothing once the circuit is gone.</summary>
internal sealed class HistoryBrowser : IAsyncDisposable
{
    private readonly IJSObjectReference _module;
    private readonly DotNetObjectReference<HistoryBrowser> _self;
    private readonly Action<bool> _atTop;
    private IJSObjectReference? _watch;

    private HistoryBrowser(IJSObjectReference module, Action<bool> atTop) => (_module, _atTop, _self) = (module, atTop, DotNetObjectReference.Create(this));

    /// <param name="atTop">Called at once and at each change: whether the page is scrolled to its top.</param>
    /// <returns>Null when the page was left before its script had loaded.</returns>
    public static async Task<HistoryBrowser?> OpenAsync(IJSRuntime js, Action<bool> atTop)
    {
        try
        {
            var browser = new HistoryBrowser(await js.InvokeAsync<IJSObjectReference>("import", "./Components/Pages/History/History.razor.js"), atTop);
            browser._watch = await browser._module.InvokeAsync<IJSObjectReference>("watch", browser._self);
            return browser;
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            return null;
        }
    }

    [JSInvokable]
    public void SetAtTop(bool atTop) => _atTop(atTop);

    public Task ToTopAsync() => CallAsync("toTop");

    public Task FocusDrawerAsync() => CallAsync("focusDrawer");

    public Task FocusRowAsync(string id) => CallAsync("focusRow", id);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_watch is not null)
            {
                await _watch.InvokeVoidAsync("dispose");
                await _watch.DisposeAsync();
            }
            await _module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The circuit has ended; the browser releases the module itself.
        }
        _self.Dispose();
    }

    private async Task CallAsync(string name, params object?[] arguments)
    {
        try
        {
            await _module.InvokeVoidAsync(name, arguments);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // As above.
        }
    }
}
