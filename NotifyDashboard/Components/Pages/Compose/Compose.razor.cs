using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Components.Undo;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>Where an operator writes a notification and publishes it, once or as a series. The rules are in <see cref="ComposeModel"/>; here is what needs the browser.</summary>
public sealed partial class Compose
{
    // In characters: each takes at most three bytes on the wire, and the circuit accepts 1 MB (ComponentsSetup). The browser refuses a larger paste with a sentence.
    private const int MaxPaste = LiveInput.MaxLength;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(500);

    private static readonly string[] Modes = [ComposeForm.Content, ComposeForm.Raw];

    private ComposeModel _model = null!;
    private MudButton? _undoClear;
    private UndoBar? _bar;

    [Inject] private NotificationHub Hub { get; set; } = null!;

    [Inject] private CircuitRights Rights { get; set; } = null!;

    [Inject] private INotificationLog Log { get; set; } = null!;

    [Inject] private ITopicScope Scope { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private BrowserZone Zone { get; set; } = null!;

    /// <summary>Fills in the topic: <c>/compose?topic=orders/1</c>.</summary>
    [SupplyParameterFromQuery] private string? Topic { get; set; }

    /// <summary>Fills in everything from an earlier notification: <c>/compose?from=ID</c>.</summary>
    [SupplyParameterFromQuery] private string? From { get; set; }

    /// <summary>Whether the fire bar offers to undo the last notification.</summary>
    private bool IsOffering => _bar is { IsOpen: true };

    protected override async Task OnInitializedAsync()
    {
        _model = new(Hub, Guard, Time, Gone, Rights.Ended)
        {
            ConfirmAsync = (draft, reach, count) => BroadcastQuestion.AskAsync(Dialogs, draft, reach, count),
            SentAsync = SentAsync,
        };
        _model.Form.Topic = Topic ?? "";
        if (From is not null) await _model.FillFromAsync(From, Log, Scope, FindOperatorAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            // Awaited before Form is read: it may be another object by then.
            var zone = await Zone.GetAsync();
            _model.Form.Zone = zone;
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left before it was live.
            return;
        }
        await _model.LookUpTopicsAsync();
        StateHasChanged();
        RepeatEvery(RefreshInterval, RefreshFiguresAsync);
    }

    // The figures update in place, at most twice a second, and stop with the operator's session, whatever the browser does with the page.
    private async Task<bool> RefreshFiguresAsync()
    {
        if (await FindOperatorAsync() is null) return false;
        if (await _model.RefreshFiguresAsync()) StateHasChanged();
        return true;
    }

    private async Task ClearAsync()
    {
        if (!_model.Clear()) return;
        await CallDraftsAsync("draftCleared");
        // Typing in the meantime has removed the button; focusing a removed element would end the circuit.
        if (_model.CanUndoClear && _undoClear is not null) await _undoClear.FocusAsync();
        await _model.LookUpTopicsAsync();
    }

    private async Task UndoClearAsync()
    {
        if (!_model.UndoClear()) return;
        await _model.LookUpTopicsAsync();
        // By now the browser has rendered the fields that it is to keep.
        await CallDraftsAsync("keepAll");
    }

    private Task RestoreChoicesAsync(string json)
    {
        ComposeChoices.Restore(json, _model.Form);
        return _model.ChangeTopicsAsync();
    }

    // The second click of a double click often arrives after the first notification was stored.
    private Task ClickFireAsync(MouseEventArgs click) => click.Detail > 1 ? Task.CompletedTask : _model.FireAsync();

    private Task ClickFireSeriesAsync(MouseEventArgs click) => click.Detail > 1 ? Task.CompletedTask : _model.FireSeriesAsync();

    private async Task<bool> ScheduleAsync(DateTimeOffset at)
    {
        var isScheduled = await _model.ScheduleAsync(at);
        StateHasChanged();
        return isScheduled;
    }

    private Task SentAsync(Fired? fired)
    {
        if (fired is not null) _bar?.Show(fired.Notification.Id, fired.Sentence);
        return CallDraftsAsync("draftDone");
    }

    private void BarChanged()
    {
        if (_model.LastFired is { } fired && _bar?.HasRetracted(fired.Notification.Id) == true) fired.IsRetracted = true;
    }

    /// <param name="function">A function of drafts.js.</param>
    private async Task CallDraftsAsync(string function)
    {
        try
        {
            // The page has loaded this module already.
            await using var drafts = await Js.InvokeAsync<IJSObjectReference>("import", Gone, "./drafts.js");
            await drafts.InvokeVoidAsync(function, Gone);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left. The browser keeps the draft or has dropped it already.
        }
    }
}
