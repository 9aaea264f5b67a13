using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>Where an operator writes a notification and fires it, once or as a series.</summary>
public sealed partial class Compose : IAsyncDisposable
{
    private const int MaxSuggestions = 20;
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    private static readonly (string Mode, string Words)[] Modes = [(ComposeForm.Content, "Content"), (ComposeForm.Raw, "Raw data")];

    private readonly ComposeForm _form = new();
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<DraftFault> _faults = [];
    private IReadOnlyList<string> _suggestions = [];
    private string? _problem;
    private int? _reach;
    private bool _firing;
    private bool _seriesOpen;
    private bool _seriesChecked;
    private Fired? _fired;
    private RunningSeries? _series;
    private Task _pulse = Task.CompletedTask;

    [Inject] private NotificationHub Hub { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IAuthorizationService Authorization { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>Fills in the topic: <c>/compose?topic=orders/1</c>.</summary>
    [SupplyParameterFromQuery] private string? Topic { get; set; }

    protected override void OnInitialized() => _form.Topic = Topic ?? "";

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

    private async Task<int?> CountReachAsync()
    {
        var topic = _form.Topic.Trim();
        try
        {
            return topic.Length == 0 ? null : await Hub.CountReachedAsync(new NotificationDraft { Topics = [topic] });
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

    // Once something was wrong, the marks go as soon as it is mended.
    private void Recheck()
    {
        if (_faults.Count > 0) _faults = _seriesChecked ? _form.CheckSeries() : _form.Check();
    }

    private string? Bad(string field) => _faults.Any(f => f.Field == field) ? "bad" : null;

    private string? Invalid(string field) => Bad(field) is null ? null : "true";

    /// <summary>What the last notification has reached, unless something else has to be said first.</summary>
    private Fired? Result => _series is null && _faults.Count == 0 && _problem is null ? _fired : null;

    private Task OnKeyAsync(KeyboardEventArgs key) => key is { Key: "Enter", CtrlKey: true } or { Key: "Enter", MetaKey: true } ? FireAsync() : Task.CompletedTask;

    // The second click of a double click often comes after the first was stored.
    private Task ClickFireAsync(MouseEventArgs click) => click.Detail > 1 ? Task.CompletedTask : FireAsync();

    private Task ClickFireSeriesAsync(MouseEventArgs click) => click.Detail > 1 ? Task.CompletedTask : FireSeriesAsync();

    private async Task FireAsync()
    {
        if (_firing) return;
        _seriesChecked = false;
        _faults = _form.Check();
        _problem = null;
        if (_faults.Count > 0 || await SenderAsync() is not { } sender || _firing) return;
        _firing = true;
        var started = Time.GetTimestamp();
        try
        {
            var notification = await Hub.PublishAsync(_form.ToDraft(), sender, _gone.Token);
            var took = Time.GetElapsedTime(started);
            // Counted behind its dispatch: then its figures are there, and the card never says "nobody" for want of them.
            _reach = await CountReachAsync();
            _fired = new Fired(notification, took, Hub);
            if (_series is { Running: false }) _series = null;
        }
        catch (LogUnavailableException)
        {
            _problem = "The store is not available. Nothing you typed is lost; try again in a moment.";
        }
        finally
        {
            _firing = false;
        }
    }

    private async Task FireSeriesAsync()
    {
        if (_series is { Running: true }) return;
        _seriesChecked = true;
        _faults = _form.CheckSeries();
        _problem = null;
        if (_faults.Count > 0 || await SenderAsync() is not { } sender || _series is { Running: true }) return;
        var series = _series = new RunningSeries(_form.Count!.Value, TimeSpan.FromSeconds(_form.Seconds), _gone.Token);
        try
        {
            var drafts = NotificationSeries.RepeatAsync(_form.ToDraft(), series.Total, series.Interval, Time, series.Cancellation);
            await foreach (var notification in Hub.PublishSeriesAsync(drafts, sender, series.Cancellation)) series.Take(notification, Hub);
        }
        catch (OperationCanceledException) when (series.Cancellation.IsCancellationRequested)
        {
            // Stopped by the operator, or the page was left.
        }
        catch (LogUnavailableException)
        {
            _problem = $"The store is not available: the series ended after {series.Done} of {series.Total}.";
        }
        finally
        {
            series.Dispose();
        }
    }

    private void StopSeries() => _series?.Cancel();

    /// <summary>Who fires; null, with a sentence, when the operator's role may not. Asked each time: a right can be taken while the page is open.</summary>
    private async Task<string?> SenderAsync()
    {
        var user = (await Authentication).User;
        if ((await Authorization.AuthorizeAsync(user, Policies.Sender)).Succeeded) return user.Identity?.Name ?? "";
        _problem = "Your role may look but not fire. An admin can change that.";
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _pulse;
        _gone.Dispose();
    }
}
