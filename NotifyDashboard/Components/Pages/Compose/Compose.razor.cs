using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using NotifyDashboard.Access;
using NotifyDashboard.Components.TakeBack;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>Where an operator writes a notification and fires it, once or as a series.</summary>
public sealed partial class Compose : IAsyncDisposable
{
    private const int MaxSuggestions = 20;
    private const string NotFired = "Not fired", NotScheduled = "Not scheduled";
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    private static readonly (string Mode, string Words)[] Modes = [(ComposeForm.Content, "Content"), (ComposeForm.Raw, "Raw data")];

    // In characters: three bytes each at most on the way, and the circuit takes 1 MB (ComponentsSetup). What is larger is refused in the browser, in words.
    private const int MaxPaste = 300_000;

    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<DraftFault> _faults = [];
    private IReadOnlyList<string> _suggestions = [];
    private ComposeForm _form = new();
    private ComposeForm? _cleared;
    private string? _note;
    // Why it was neither fired nor scheduled, and which of both.
    private string? _problem;
    private string _notDone = NotFired;
    private Reach? _reach;
    private bool _firing;
    private bool _seriesChecked;
    private Question? _asking;
    private Fired? _fired;
    private ScheduledNotification? _scheduled;
    private TakeBackBar? _bar;
    private string? _takeBackFault;
    private RunningSeries? _series;
    private Task _pulse = Task.CompletedTask;

    [Inject] private NotificationHub Hub { get; set; } = null!;

    [Inject] private SenderActs Acts { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private INotificationLog Log { get; set; } = null!;

    [Inject] private ITopicScope Scope { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private IAuthorizationService Authorization { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>Fills in the topic: <c>/compose?topic=orders/1</c>.</summary>
    [SupplyParameterFromQuery] private string? Topic { get; set; }

    /// <summary>Fills in everything from a notification that was fired before: <c>/compose?from=ID</c>.</summary>
    [SupplyParameterFromQuery] private string? From { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _form.Topic = Topic ?? "";
        if (From is not null) await FillFromAsync(From);
    }

    private async Task FillFromAsync(string id)
    {
        try
        {
            var user = (await Authentication).User;
            var found = Cursor.TryParse(id, out var cursor) ? await Log.FindAsync(cursor, _gone.Token) : null;
            if (found is null || !Scope.Of(user).Matches(found.Draft))
            {
                _note = "What was to be filled in here is not in the history. The fields are empty.";
                return;
            }
            _form = ComposeForm.Of(found.Draft);
            _note = "Filled in from the history. Nothing is fired yet.";
        }
        catch (LogUnavailableException)
        {
            _note = "The history cannot be read now, so nothing is filled in. Load the page again in a moment.";
        }
    }

    private async Task ClearAsync()
    {
        (_cleared, _form, _note) = (_form, new(), "Cleared.");
        (_faults, _problem) = ([], null);
        await ForgetDraftAsync();
        await TopicChangedAsync();
    }

    private async Task UndoClearAsync()
    {
        if (_cleared is not null) (_form, _cleared, _note) = (_cleared, null, null);
        await TopicChangedAsync();
    }

    /// <summary>What stands in the fields is said: a later page starts without it.</summary>
    private async Task ForgetDraftAsync()
    {
        try
        {
            // The same module that keeps it: it is loaded already.
            await using var drafts = await Js.InvokeAsync<IJSObjectReference>("import", _gone.Token, "./drafts.js");
            await drafts.InvokeVoidAsync("draftDone", _gone.Token);
        }
        catch (Exception fault) when (fault is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left: its draft is a matter of the browser's.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        await TopicChangedAsync();
        StateHasChanged();
        _pulse = PulseAsync();
    }

    // Reach and delivery figures move by themselves, in place and at most twice a second.
    private async Task PulseAsync()
    {
        using var timer = new PeriodicTimer(Pulse, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
            {
                // Who is signed out sees no more figures, whatever the browser does with the page.
                if (!(await Authorization.AuthorizeAsync((await Authentication).User, Policies.Operator)).Succeeded) return;
                var reach = await CountReachAsync();
                var moved = _fired?.Moved() == true | _series?.Moved() == true;
                if (reach == _reach && !moved) continue;
                _reach = reach;
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left: the ordinary end.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    private async Task TopicChangedAsync()
    {
        Recheck();
        _reach = await CountReachAsync();
        try
        {
            _suggestions = await Hub.SuggestTopicsAsync(_form.Topic.Trim(), MaxSuggestions, _gone.Token);
        }
        catch (LogUnavailableException)
        {
            // Suggestions are a help, not a need: firing will say what is wrong with the store.
            _suggestions = [];
        }
    }

    private async Task<Reach?> CountReachAsync()
    {
        var topics = _form.Topics;
        try
        {
            return topics.Length == 0 ? null : await Hub.CountReachedAsync(new NotificationDraft { Topics = topics, Private = _form.Private });
        }
        catch (LogUnavailableException)
        {
            // The hub is stopping, and the page with it: until then it stands as it is.
            return _reach;
        }
    }

    private void SetMode(string mode)
    {
        _form.Mode = mode;
        Recheck();
    }

    private void SetSeverity(string severity) => _form.Severity = severity;

    private void SetCount(string typed)
    {
        _form.Count = int.TryParse(typed, CultureInfo.InvariantCulture, out var count) ? count : null;
        Recheck();
    }

    // Once something was wrong, the marks go as soon as it is mended.
    private void Recheck()
    {
        if (_faults.Count > 0) _faults = _seriesChecked ? _form.CheckSeries() : _form.Check();
    }

    private string? Invalid(string field) => _faults.Any(f => f.Field == field) ? "true" : null;

    /// <summary>What the last notification has reached, unless something else has to be said first.</summary>
    private Fired? Result => IsWell && _scheduled is null ? _fired : null;

    /// <summary>What was scheduled last, unless something was fired since or else has to be said first.</summary>
    private ScheduledNotification? Waits => IsWell ? _scheduled : null;

    private bool IsWell => _series is null && _faults.Count == 0 && _problem is null;

    /// <summary>Whether the fire bar offers to take back what was fired last.</summary>
    private bool IsOffering => _bar is { IsOpen: true };

    // The second click of a double click often comes after the first was stored, and a key that was on its way after the question was asked.
    private Task ClickFireAsync(MouseEventArgs click) => click.Detail > 1 || _asking is not null ? Task.CompletedTask : FireAsync();

    private Task ClickFireSeriesAsync(MouseEventArgs click) => click.Detail > 1 ? Task.CompletedTask : FireSeriesAsync();

    private Task FireAskedAsync()
    {
        var asked = _asking;
        _asking = null;
        return asked is null ? Task.CompletedTask : asked.Fire();
    }

    /// <param name="agreed">Whether the operator has said yes to a broadcast.</param>
    private async Task FireAsync(bool agreed = false)
    {
        if (_firing || !Begin(NotFired, _form.Check())) return;
        if (_form.IsBroadcast && !agreed)
        {
            _asking = new(1, () => FireAsync(agreed: true));
            return;
        }
        var started = Time.GetTimestamp();
        await DoAsync("fire", async by =>
        {
            var notification = await Hub.PublishAsync(_form.ToDraft(Time.GetUtcNow()), by, _gone.Token);
            var took = Time.GetElapsedTime(started);
            // Counted behind its dispatch: then its figures are there, and the card never says "nobody" for want of them.
            _reach = await CountReachAsync();
            (_fired, _scheduled, _takeBackFault) = (new Fired(notification, took, Hub), null, null);
            _bar?.Show(notification.Id, _fired.Sentence);
        });
    }

    private async Task ScheduleAsync(DateTimeOffset at)
    {
        if (_firing || !Begin(NotScheduled, _form.Check())) return;
        // It can be cancelled until then: nothing is asked before a broadcast.
        await DoAsync("schedule", async by => _scheduled = await Hub.ScheduleAsync(_form.ToDraft(at), at, by, cancellation: _gone.Token));
    }

    /// <summary>Says what is wrong with the form, in the place of what was said before; false when anything is.</summary>
    private bool Begin(string notDone, IReadOnlyList<DraftFault> faults, bool isSeries = false)
    {
        (_faults, _problem, _notDone, _seriesChecked, _note, _cleared) = (faults, null, notDone, isSeries, null, null);
        return faults.Count == 0;
    }

    private async Task DoAsync(string verb, Func<string, Task> act)
    {
        _firing = true;
        try
        {
            _problem = await Acts.TryAsync(verb, "Nothing you typed is lost", async by =>
            {
                await act(by);
                if (_series is { Running: false }) _series = null;
                await ForgetDraftAsync();
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
    private async Task TakeBackAsync()
    {
        if (_fired is not { IsTakenBack: false } fired) return;
        _takeBackFault = await Acts.TakeBackAsync(fired.Notification.Id);
        fired.IsTakenBack = _takeBackFault is null;
    }

    private void BarChanged()
    {
        if (_fired is not null && _bar?.HasTaken(_fired.Notification.Id) == true) _fired.IsTakenBack = true;
    }

    private async Task FireSeriesAsync(bool agreed = false)
    {
        if (_series is { Running: true } || !Begin(NotFired, _form.CheckSeries(), isSeries: true)) return;
        if (_form.IsBroadcast && !agreed)
        {
            _asking = new(_form.Count!.Value, () => FireSeriesAsync(agreed: true));
            return;
        }
        _problem = await Acts.TryAsync("fire", "Nothing you typed is lost", RunSeriesAsync);
    }

    private async Task<string?> RunSeriesAsync(string by)
    {
        if (_series is { Running: true }) return null;
        var series = _series = new RunningSeries(_form.Count!.Value, TimeSpan.FromSeconds(_form.Seconds), _gone.Token);
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
        catch (LogUnavailableException)
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

    /// <summary>What is asked before a broadcast: how many are to go out, and what a yes does.</summary>
    private sealed record Question(int Count, Func<Task> Fire);

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _pulse;
        _gone.Dispose();
    }
}
