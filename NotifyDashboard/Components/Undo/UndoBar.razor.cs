using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Undo;

/// <summary>Offers for some seconds to retract the notification that was just published. The browser keeps the offer from page to page and runs its countdown; nothing on the server depends on it.</summary>
public sealed partial class UndoBar : IAsyncDisposable
{
    private ElementReference _bar;
    private DotNetObjectReference<UndoBar>? _self;
    private IJSObjectReference? _module;
    private Offer? _offer;
    private string? _error;
    private bool _isRetracted;
    private bool _isNew;

    /// <summary>At the bottom centre of a page, rather than within another bar.</summary>
    [Parameter] public bool Floating { get; set; }

    /// <summary>The bar has appeared or disappeared, or its notification was retracted.</summary>
    [Parameter] public EventCallback Changed { get; set; }

    [Inject] private ActionGuard Guard { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    /// <summary>Whether the bar is shown.</summary>
    public bool IsOpen => _offer is not null;

    /// <summary>Whether it offers to retract this notification.</summary>
    public bool Offers(Cursor id) => !_isRetracted && _offer?.Id == id.ToString();

    /// <summary>Whether it has retracted this notification.</summary>
    public bool HasRetracted(Cursor id) => _isRetracted && _offer?.Id == id.ToString();

    /// <summary>Offers to retract this notification, instead of the previous one.</summary>
    /// <param name="words">The sentence about its audience.</param>
    public void Show(Cursor id, string words)
    {
        (_offer, _error, _isRetracted, _isNew) = (new(id.ToString(), words), null, false, true);
        StateHasChanged();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                _self = DotNetObjectReference.Create(this);
                _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Components/Undo/UndoBar.razor.js");
                var kept = await _module.InvokeAsync<Offer?>("kept");
                // A notification that was published in the meantime is newer than the kept offer.
                if (_offer is null && kept is not null)
                {
                    (_offer, _isNew) = (kept, true);
                    StateHasChanged();
                    await Changed.InvokeAsync();
                }
            }
            if (!_isNew || _module is null || _offer is null) return;
            _isNew = false;
            await _module.InvokeVoidAsync("run", _bar, _self, _offer, _isRetracted);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left; the next page reads the kept offer.
        }
    }

    private async Task RetractAsync()
    {
        if (_isRetracted || _offer is not { } offer || !Cursor.TryParse(offer.Id, out var id)) return;
        var error = await Guard.RetractAsync(id);
        // Another notification was published in the meantime, and the bar belongs to that one.
        if (_offer?.Id != offer.Id) return;
        (_error, _isRetracted, _isNew) = (error, error is null, true);
        // Restarts the countdown: for another attempt, or to show that it is retracted.
        _offer = offer with { Left = null };
        await Changed.InvokeAsync();
    }

    /// <summary>The countdown of an offer has ended.</summary>
    [JSInvokable]
    public async Task EndAsync(string id)
    {
        if (_offer?.Id != id) return;
        (_offer, _error, _isRetracted) = (null, null, false);
        StateHasChanged();
        await Changed.InvokeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("stop");
                await _module.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The circuit has ended; the browser releases the module itself.
        }
        _self?.Dispose();
    }

    /// <param name="Words">The sentence about its audience.</param>
    /// <param name="Left">Milliseconds until the bar disappears; null: the full countdown.</param>
    private sealed record Offer(string Id, string Words, double? Left = null);
}
