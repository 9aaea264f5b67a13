using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Scheduled;

/// <summary>What waits to be fired: any operator sees it, who sends moves and cancels.</summary>
public sealed partial class ScheduledPage : IAsyncDisposable
{
    private const int MaxRows = 500;

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<ScheduledNotification>? _rows;
    private ScheduledNotification? _cancelling;
    private ScheduledNotification? _moving;
    private string? _moveFault;
    private string? _said;
    private bool _isFault;
    private bool _failed;
    private bool _signedOut;
    private IJSObjectReference? _module;
    private Task _pulse = Task.CompletedTask;

    [Inject] private IScheduleStore Store { get; set; } = null!;

    [Inject] private ITopicScope Scope { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private IJSRuntime Js { get; set; } = null!;

    [Inject] private IAuthorizationService Authorization { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _pulse = PulseAsync();
    }

    // What is fired, and what others plan, comes and goes by itself.
    private async Task PulseAsync()
    {
        using var timer = new PeriodicTimer(Pulse, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
            {
                var (before, failed) = (_rows, _failed);
                await LoadAsync();
                if (_signedOut || failed != _failed || before is null || _rows is null || !before.Select(Shown).SequenceEqual(_rows.Select(Shown))) StateHasChanged();
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

    private static (string, DateTimeOffset) Shown(ScheduledNotification row) => (row.Id, row.PublishAt);

    private async Task LoadAsync()
    {
        var user = (await Authentication).User;
        if (!(await Authorization.AuthorizeAsync(user, Policies.Operator)).Succeeded)
        {
            (_signedOut, _rows) = (true, null);
            return;
        }
        try
        {
            var reach = Scope.Of(user);
            (_rows, _failed) = ([.. (await Store.ReadAsync(MaxRows, _gone.Token)).Where(row => reach.Matches(row.Draft))], false);
        }
        catch (LogUnavailableException)
        {
            _failed = true;
        }
    }

    private async Task AskMoveAsync(ScheduledNotification row)
    {
        (_moving, _moveFault) = (row, null);
        StateHasChanged();
        await Task.Yield();
        await (await ModuleAsync()).InvokeVoidAsync("fill", _gone.Token, "move-at", TimeText.Of(row.PublishAt));
    }

    private async Task MoveAsync(ScheduledNotification row)
    {
        var text = await (await ModuleAsync()).InvokeAsync<string?>("read", _gone.Token, "move-at");
        if (!DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var at))
        {
            _moveFault = "Give a date and a time.";
            return;
        }
        _moveFault = DraftRules.CheckSchedule(row.Draft, at, Time.GetUtcNow()).Select(fault => fault.Rule switch
        {
            "publish_at_past" => "That is in the past. Give a time to come.",
            "publish_at_far" => $"That is more than {ScheduledNotification.MaxAhead.Days} days ahead.",
            "expires_at_past" => "It would have expired by then. Give an earlier time.",
            _ => fault.Message,
        }).FirstOrDefault();
        if (_moveFault is not null) return;
        _moving = null;
        await ActAsync(async () => await Store.MoveAsync(row.Id, DraftRules.WholeMilliseconds(at)) ? "Moved." : null);
    }

    private Task CancelAsync(ScheduledNotification row)
    {
        _cancelling = null;
        return ActAsync(async () => await Store.CancelAsync(row.Id) ? "Cancelled. It is not fired." : null);
    }

    /// <param name="act">Gives a sentence, or null when the notification no longer waits.</param>
    private async Task ActAsync(Func<Task<string?>> act)
    {
        if (!(await Authorization.AuthorizeAsync((await Authentication).User, Policies.Sender)).Succeeded)
        {
            (_said, _isFault) = ("Your role may look but not change. An admin can change that.", true);
            return;
        }
        try
        {
            _said = await act();
            (_said, _isFault) = (_said ?? "It no longer waits: it was fired or cancelled meanwhile.", _said is null);
        }
        catch (LogUnavailableException)
        {
            (_said, _isFault) = ("The store is not available. Nothing was changed; try again in a moment.", true);
        }
        await LoadAsync();
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", _gone.Token, "./Components/Pages/Scheduled/ScheduledPage.razor.js");

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _pulse;
        _gone.Dispose();
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The circuit ended before the page: the browser has let go of the module by itself.
        }
    }
}
