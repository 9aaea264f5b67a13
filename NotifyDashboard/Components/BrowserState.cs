using Microsoft.JSInterop;

namespace NotifyDashboard.Components;

/// <summary>What a page leaves in the browser, so that a reload, a bookmark or the next visit finds it. Nothing happens once the circuit is gone.</summary>
internal sealed class BrowserState(IJSRuntime js)
{
    private IJSObjectReference? _module;

    /// <summary>Sets the page's address without loading it.</summary>
    public Task SetUrlAsync(string url) => CallAsync("setUrl", url);

    /// <summary>Sets a cookie for a year.</summary>
    public Task SetCookieAsync(string name, string value) => CallAsync("setCookie", name, value);

    private async Task CallAsync(string name, params object?[] arguments)
    {
        try
        {
            _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./browser-state.js");
            await _module.InvokeVoidAsync(name, arguments);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The page was left, or the module did not load: what was to be kept is lost, and nothing else.
        }
    }
}
