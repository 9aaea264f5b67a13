using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Components.Undo;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>Where an operator writes a notification and fires it, once or as a series.</summary>
public sealed partial class Compose
{
    private const string NotFired = "Not fired", NotScheduled = "Not scheduled";
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    private static readonly string[] Modes = [ComposeForm.Content, ComposeForm.Raw];

    // In characters: three bytes each at most on the way, and the circuit takes 1 MB (ComponentsSetup). What is larger is refused in the browser, in words.
    private const int MaxPaste = LiveInput.MaxLength;

    private IReadOnlyList<DraftFault> _faults = [];
    private ComposeForm _form = new();
    private ComposeForm? _cleared;
    private MudButton? _undoClear;
    private string? _note;
    // Why it was neither fired nor scheduled, and which of both.
    private string? _problem;
    private string _notDone = NotFired;
    private TopicAudience _audience = null!;
    private bool _firing;
    private bool _seriesChecked;
    private bool _asking;
    private Fired? _fired;
    private ScheduledNotification? _scheduled;
    private UndoBar? _bar;
    private string? _retractFault;
    private RunningSeries? _series;

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

    /// <summary>Fills in everything from a notification that was fired before: <c>/compose?from=ID</c>.</summary>
    [SupplyParameterFromQuery] private string? From { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _audience = new(Hub);
        _form.Topic = Topic ?? "";
        if (From is not null) await FillFromAsync(From);
    }

    private async Task FillFromAsync(string id)
    {
        try
        {
            var found = Cursor.TryParse(id, out var cursor) ? await Log.FindAsync(cursor, Gone) : null;
            if (found is null || await FindOperatorAsync() is not { } user || !Scope.Of(user).Matches(found.Draft))
            {
                _note = "What was to be filled in here is not in the history. The fields are empty.";
                return;
            }
            _form = ComposeForm.Of(found.Draft);
            _note = "Filled in from the history. Nothing is fired yet.";
        }
        catch (StoreUnavailableException)
        {
            _note = "The history cannot be read now, so nothing is filled in. Load the page again in a moment.";
        }
    }

    private async Task ClearAsync()
    {
        // A second click finds nothing to clear.
        if (_cleared is not null) return;
        (_cleared, _form, _note) = (_form, new() { Zone = _form.Zone }, "Cleared.");
        (_faults, _problem) = ([], null);
        await CallDraftsAsync("draftCleared");
        // Typed in the meantime, it is gone again; focusing what is gone would end the circuit.
        if (_cleared is not null && _undoClear is not null) await _undoClear.FocusAsync();
        await _audience.LookAsync(_form, Gone);
    }

    private async Task UndoClearAsync()
    {
        if (_cleared is not { } cleared) return;
        (_form, _cleared, _note) = (cleared, null, null);
        await _audience.LookAsync(_form, Gone);
        // The browser has drawn it.
        await CallDraftsAsync("keepAll");
    }

    private Task RestoreChoicesAsync(string json)
    {
        ComposeChoices.Restore(json, _form);
        return TopicChangedAsync();
    }

    /// <param name="function">Of drafts.js.</param>
    private async Task CallDraftsAsync(string function)
    {
        try
        {
            // The same module that keeps it: it is loaded already.
            await using var drafts = await Js.InvokeAsync<IJSObjectReference>("import", Gone, "./drafts.js");
            await drafts.InvokeVoidAsync(function, Gone);
        }
        catch (Exception fault) when (fault is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left: its draft is a matter of the browser's.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            // Awaited before the form is named: it may be another one by then.
            var zone = await Zone.GetAsync();
            _form.Zone = zone;
        }
        catch (Exception fault) when (fault is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left before it was live.
            return;
        }
        // Not as if a field had changed: what was cleared meanwhile can still be brought back.
        await _audience.LookAsync(_form, Gone);
        StateHasChanged();
        RepeatEvery(Pulse, RefreshFiguresAsync);
    }

    // Reach and delivery figures move by themselves, in place and at most twice a second. Who is signed out sees no more of them, whatever the browser does with the page.
    private async Task RefreshFiguresAsync()
    {
        if (await FindOperatorAsync() is null) return;
        if (await _audience.RefreshAsync(_form, Gone) | _fired?.Moved() == true | _series?.Moved() == true) StateHasChanged();
    }

    private Task TopicChangedAsync()
    {
        Recheck();
        return _audience.LookAsync(_form, Gone);
    }

    private void SetMode(string mode)
    {
        _form.Mode = mode;
        Recheck();
    }

    // Once something was wrong, the marks go as soon as it is mended.
    private void Recheck()
    {
        if (_faults.Count > 0) _faults = _seriesChecked ? _form.CheckSeries() : _form.Check();
        // Undoing it now would take away what was typed since.
        if (_cleared is not null) (_cleared, _note) = (null, null);
    }

    /// <summary>What the last notification has reached, unless something else has to be said first.</summary>
    private Fired? Result => IsWell && _scheduled is null ? _fired : null;

    /// <summary>What was scheduled last, unless something was fired since or else has to be said first.</summary>
    private ScheduledNotification? Waits => IsWell ? _scheduled : null;

    private bool IsWell => _series is null && _faults.Count == 0 && _problem is null;

    /// <summary>Whether the fire bar offers to undo what was fired last.</summary>
    private bool IsOffering => _bar is { IsOpen: true };

    // The second click of a double click often comes after the first was stored, and a key that was on its way after the question was asked.
    private Task ClickFireAsync(MouseEventArgs click) => click.Detail > 1 || _asking ? Task.CompletedTask : FireAsync();

    private Task ClickFireSeriesAsync(MouseEventArgs click) => click.Detail > 1 || _asking ? Task.CompletedTask : FireSeriesAsync();

    private async Task FireAsync()
    {
        if (_firing || !Begin(NotFired, _form.Check()) || !await IsAgreedAsync(1)) return;
        var started = Time.GetTimestamp();
        await DoAsync("fire", async by =>
        {
            var notification = await Hub.PublishAsync(_form.ToDraft(Time.GetUtcNow()), by, Gone);
            var took = Time.GetElapsedTime(started);
            // Counted behind its dispatch: then its figures are there, and the card never says "nobody" for want of them.
            await _audience.CountAsync(_form);
            (_fired, _scheduled, _retractFault) = (new Fired(notification, took, Hub, _audience.Reach), null, null);
            _bar?.Show(notification.Id, _fired.Sentence);
        });
    }

    /// <summary>A broadcast is asked about once.</summary>
    private async Task<bool> IsAgreedAsync(int count)
    {
        if (!_form.IsBroadcast) return true;
        _asking = true;
        try
        {
            return await BroadcastQuestion.AskAsync(Dialogs, _form.ToDraft(), _audience.Reach, count);
        }
        finally
        {
            _asking = false;
        }
    }

    private async Task<bool> ScheduleAsync(DateTimeOffset at)
    {
        if (_firing || !Begin(NotScheduled, _form.Check())) return false;
        // It can be cancelled until then: nothing is asked before a broadcast.
        await DoAsync("schedule", async by => _scheduled = await Hub.ScheduleAsync(_form.ToDraft(at), at, by, cancellation: Gone));
        StateHasChanged();
        return IsWell;
    }

    /// <summary>Says what is wrong with the form, in the place of what was said before; false when anything is.</summary>
    private bool Begin(string notDone, IReadOnlyList<DraftFault> faults, bool isSeries = false)
    {
        (_faults, _problem, _notDone, _seriesChecked, _note, _cleared) = (faults, null, notDone, isSeries, null, null);
        return faults.Count == 0;
    }

    private async Task DoAsync(string verb, Func<Actor, Task> act)
    {
        _firing = true;
        try
        {
            _problem = await Guard.TrySendingAsync(verb, "Nothing you typed is lost", async by =>
            {
                await act(by);
                if (_series is { Running: false }) _series = null;
                await CallDraftsAsync("draftDone");
                return null;
            });
        }
        catch (InvalidDraftException invalid)
        {
            // A rule that only the hub can judge, such as a time that went by meanwhile.
            _faults = [.. invalid.Faults.Select(fault => fault with { Message = ComposeWords.Of(fault) })];
        }
        finally
        {
            _firing = false;
        }
    }

    // Of the card, once the fire bar no longer offers it.
    private async Task RetractAsync()
    {
        if (_fired is not { IsRetracted: false } fired) return;
        _retractFault = await Guard.RetractAsync(fired.Notification.Id);
        fired.IsRetracted = _retractFault is null;
    }

    private void BarChanged()
    {
        if (_fired is not null && _bar?.HasRetracted(_fired.Notification.Id) == true) _fired.IsRetracted = true;
    }

    private async Task FireSeriesAsync()
    {
        if (_series is { Running: true } || !Begin(NotFired, _form.CheckSeries(), isSeries: true) || !await IsAgreedAsync(_form.SeriesCount!.Value)) return;
        _problem = await Guard.TrySendingAsync("fire", "Nothing you typed is lost", RunSeriesAsync);
    }

    private async Task<string?> RunSeriesAsync(Actor by)
    {
        if (_series is { Running: true }) return null;
        var series = _series = new RunningSeries(_form.SeriesCount!.Value, TimeSpan.FromSeconds(_form.SeriesSeconds!.Value), Gone, Rights.Ended);
        try
        {
            var drafts = NotificationSeries.RepeatAsync(_form.ToDraft(Time.GetUtcNow()), series.Total, series.Interval, Time, series.Cancellation);
            await foreach (var notification in Hub.PublishSeriesAsync(drafts, by, series.Cancellation)) series.Take(notification, Hub);
            return null;
        }
        catch (OperationCanceledException) when (series.Cancellation.IsCancellationRequested)
        {
            // Stopped by the operator, or the page was left.
            return null;
        }
        catch (StoreUnavailableException)
        {
            return $"The store is not available: the series ended after {series.Done} of {series.Total}.";
        }
        catch (InvalidDraftException)
        {
            // Each was checked when it began: only its time can have gone by since.
            return $"It has expired: the series ended after {series.Done} of {series.Total}.";
        }
        finally
        {
            series.Dispose();
        }
    }

    private void StopSeries() => _series?.Cancel();
}
