using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>The state and the rules of Compose, without a browser: the form, what is wrong with it, and what was published, scheduled or cleared.</summary>
/// <param name="left">Cancelled when the page is left.</param>
/// <param name="rightsEnded">Cancelled when the operator's session ends.</param>
internal sealed class ComposeModel(NotificationHub hub, ActionGuard guard, TimeProvider time, CancellationToken left, CancellationToken rightsEnded)
{
    private const string NotFired = "Not fired", NotScheduled = "Not scheduled", Unharmed = "Nothing you typed is lost";

    private ComposeForm? _cleared;
    private ScheduledNotification? _scheduled;
    private bool _isSeriesChecked;
    private bool _isAsking;

    /// <summary>Asks before a broadcast. Gets the draft, its audience, and how many of it are to be published; returns whether to go on.</summary>
    public required Func<NotificationDraft, Reach?, int, Task<bool>> ConfirmAsync { get; init; }

    /// <summary>Runs after a notification was published (the argument) or scheduled (null), while <see cref="IsFiring"/> is still set.</summary>
    public required Func<Fired?, Task> SentAsync { get; init; }

    public ComposeForm Form { get; private set; } = new();

    /// <summary>Who receives what is in the form.</summary>
    public TopicAudience Audience { get; } = new(hub);

    /// <summary>What is wrong with the form, as of the last attempt to send it.</summary>
    public IReadOnlyList<ValidationError> Errors { get; private set; } = [];

    /// <summary>Why the last attempt was refused; null when it was not, or when <see cref="Errors"/> tells.</summary>
    public string? Problem { get; private set; }

    /// <summary>What <see cref="Errors"/> or <see cref="Problem"/> prevented.</summary>
    public string NotDone { get; private set; } = NotFired;

    /// <summary>What happened to the fields: cleared, or filled in.</summary>
    public string? Note { get; private set; }

    /// <summary>Whether the cleared form can be brought back.</summary>
    public bool CanUndoClear => _cleared is not null;

    /// <summary>Whether a notification is being published or scheduled.</summary>
    public bool IsFiring { get; private set; }

    /// <summary>The last series, until a single notification is published or scheduled after its end.</summary>
    public RunningSeries? Series { get; private set; }

    [MemberNotNullWhen(true, nameof(Series))]
    public bool IsSeriesRunning => Series is { Running: true };

    /// <summary>The single notification that was published last, whether it is shown or not.</summary>
    public Fired? LastFired { get; private set; }

    /// <summary><see cref="LastFired"/>, unless a series, an error or a later scheduled one takes its place.</summary>
    public Fired? Result => IsQuiet ? LastFired : null;

    /// <summary>Whether no series, error or scheduled notification is to be shown.</summary>
    public bool IsQuiet => IsWell && _scheduled is null;

    /// <summary>The notification that was scheduled last, unless something was published since, or a series or an error takes its place.</summary>
    public ScheduledNotification? Scheduled => IsWell ? _scheduled : null;

    /// <summary>Why the last published notification could not be retracted.</summary>
    public string? RetractError { get; private set; }

    private bool IsWell => Series is null && Errors.Count == 0 && Problem is null;

    /// <summary>Fills the form in from a notification of the history, if the operator may see it.</summary>
    public async Task FillFromAsync(string id, INotificationLog log, ITopicScope scope, Func<Task<ClaimsPrincipal?>> findOperator)
    {
        try
        {
            var found = Cursor.TryParse(id, out var cursor) ? await log.FindAsync(cursor, left) : null;
            if (found is null || await findOperator() is not { } user || !scope.Of(user).Matches(found.Draft))
            {
                Note = "What was to be filled in here is not in the history. The fields are empty.";
                return;
            }
            Form = ComposeForm.Of(found.Draft);
            Note = "Filled in from the history. Nothing is fired yet.";
        }
        catch (StoreUnavailableException)
        {
            Note = "The history cannot be read now, so nothing is filled in. Load the page again in a moment.";
        }
    }

    /// <returns>False for a second click: the form is empty already, and the first one can still be undone.</returns>
    public bool Clear()
    {
        if (_cleared is not null) return false;
        (_cleared, Form, Note) = (Form, new() { Zone = Form.Zone }, "Cleared.");
        (Errors, Problem) = ([], null);
        return true;
    }

    /// <returns>Whether there was anything to undo.</returns>
    public bool UndoClear()
    {
        if (_cleared is not { } cleared) return false;
        (Form, _cleared, Note) = (cleared, null, null);
        return true;
    }

    public Task ChangeTopicsAsync()
    {
        Recheck();
        return LookUpTopicsAsync();
    }

    /// <summary>Counts the audience and looks the topics up. Unlike <see cref="ChangeTopicsAsync"/> it is no edit: a cleared form can still be brought back.</summary>
    public Task LookUpTopicsAsync() => Audience.LookAsync(Form, left);

    public void SetMode(string mode)
    {
        Form.Mode = mode;
        Recheck();
    }

    /// <summary>A field has changed: error marks go as soon as their field is corrected, but none appears before the first attempt.</summary>
    public void Recheck()
    {
        if (Errors.Count > 0) Errors = _isSeriesChecked ? Form.CheckSeries() : Form.Check();
        // Undoing it now would discard what was typed since.
        if (_cleared is not null) (_cleared, Note) = (null, null);
    }

    /// <summary>Updates the audience and the delivery figures.</summary>
    /// <returns>Whether any of them has changed.</returns>
    public async Task<bool> RefreshFiguresAsync() => await Audience.RefreshAsync(Form, left) | LastFired?.Moved() == true | Series?.Moved() == true;

    public async Task FireAsync()
    {
        // A key press that was on its way when the question opened must not ask a second time.
        if (_isAsking || IsFiring || !Begin(NotFired, Form.Check()) || !await IsConfirmedAsync(1)) return;
        var started = time.GetTimestamp();
        await SendAsync("fire", async by =>
        {
            var notification = await hub.PublishAsync(Form.ToDraft(time.GetUtcNow()), by, left);
            var took = time.GetElapsedTime(started);
            // The count queues up behind the dispatch of the notification: its figures are there then, and the result never claims that nobody was connected.
            await Audience.CountAsync(Form);
            (LastFired, _scheduled, RetractError) = (new Fired(notification, took, hub, Audience.Reach), null, null);
            return LastFired;
        });
    }

    /// <returns>Whether it is scheduled.</returns>
    public async Task<bool> ScheduleAsync(DateTimeOffset at)
    {
        if (IsFiring || !Begin(NotScheduled, Form.Check())) return false;
        // It can be cancelled until then, so a broadcast needs no confirmation.
        await SendAsync("schedule", async by =>
        {
            _scheduled = await hub.ScheduleAsync(Form.ToDraft(at), at, by, cancellation: left);
            return null;
        });
        return IsWell;
    }

    /// <summary>Publishes the series to its end, or until it is stopped.</summary>
    public async Task FireSeriesAsync()
    {
        if (_isAsking || IsSeriesRunning || !Begin(NotFired, Form.CheckSeries(), isSeries: true) || !await IsConfirmedAsync(Form.SeriesCount!.Value)) return;
        Problem = await guard.TrySendingAsync("fire", Unharmed, by =>
        {
            if (IsSeriesRunning) return Task.FromResult<string?>(null);
            Series = new RunningSeries(Form.SeriesCount!.Value, TimeSpan.FromSeconds(Form.SeriesSeconds!.Value), left, rightsEnded);
            return Series.RunAsync(hub, Form.ToDraft(time.GetUtcNow()), by, time);
        });
    }

    /// <summary>Retracts the last published notification.</summary>
    public async Task RetractAsync()
    {
        if (LastFired is not { IsRetracted: false } fired) return;
        RetractError = await guard.RetractAsync(fired.Notification.Id);
        fired.IsRetracted = RetractError is null;
    }

    // Replaces what the page said before.
    private bool Begin(string notDone, IReadOnlyList<ValidationError> errors, bool isSeries = false)
    {
        (Errors, Problem, NotDone, _isSeriesChecked, Note, _cleared) = (errors, null, notDone, isSeries, null, null);
        return errors.Count == 0;
    }

    private async Task<bool> IsConfirmedAsync(int count)
    {
        if (!Form.IsBroadcast) return true;
        _isAsking = true;
        try
        {
            return await ConfirmAsync(Form.ToDraft(), Audience.Reach, count);
        }
        finally
        {
            _isAsking = false;
        }
    }

    private async Task SendAsync(string verb, Func<Actor, Task<Fired?>> send)
    {
        IsFiring = true;
        try
        {
            Problem = await guard.TrySendingAsync(verb, Unharmed, async by =>
            {
                var fired = await send(by);
                if (Series is { Running: false }) Series = null;
                await SentAsync(fired);
                return null;
            });
        }
        catch (InvalidDraftException invalid)
        {
            // A rule that only the hub can judge, such as a time that has passed in the meantime.
            Errors = [.. invalid.Errors.Select(error => error with { Message = ComposeWords.Of(error) })];
        }
        finally
        {
            IsFiring = false;
        }
    }
}
