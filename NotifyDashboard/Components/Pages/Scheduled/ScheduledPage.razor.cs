using Microsoft.AspNetCore.Components;
using MudBlazor;
using NotifyDashboard.Components.Kit;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Scheduled;

/// <summary>The scheduled notifications. Every operator sees them; senders and admins may move and cancel them.</summary>
public sealed partial class ScheduledPage
{
    private const int MaxRows = 500;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(2);

    private IReadOnlyList<ScheduledNotification>? _rows;
    private ScheduledNotification? _moving;
    private WhenField? _when;
    private string? _error;
    private bool _failed;
    private bool _signedOut;

    [Inject] private IScheduleStore Store { get; set; } = null!;

    [Inject] private ITopicScope Scope { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) RepeatEvery(RefreshInterval, RefreshAsync);
    }

    // Rows come and go without this page: notifications become due, and other operators schedule, move and cancel. Ends with the operator's session.
    private async Task<bool> RefreshAsync()
    {
        var (before, failed) = (_rows, _failed);
        await LoadAsync();
        if (_signedOut || failed != _failed || before is null || _rows is null || !before.Select(Shown).SequenceEqual(_rows.Select(Shown))) StateHasChanged();
        return !_signedOut;
    }

    private static (string, DateTimeOffset) Shown(ScheduledNotification row) => (row.Id, row.PublishAt);

    private async Task LoadAsync()
    {
        if (await FindOperatorAsync() is not { } user)
        {
            (_signedOut, _rows) = (true, null);
            return;
        }
        try
        {
            (_rows, _failed) = (await Store.ReadAsync(Scope.Of(user), MaxRows, Gone), false);
        }
        catch (StoreUnavailableException)
        {
            _failed = true;
        }
    }

    private async Task MoveAsync(ScheduledNotification row)
    {
        if (_when is null || await _when.ReadAsync(_ => row.Draft) is not { } at) return;
        _moving = null;
        await ActAsync("Moved.", by => Store.MoveAsync(row.Id, DraftRules.WholeMilliseconds(at), by));
    }

    private async Task CancelAsync(ScheduledNotification row)
    {
        if (!await Dialogs.AskAsync($"Cancel “{Title(row)}”?", "It is not fired, and cannot be brought back.", "Cancel it")) return;
        await ActAsync("Cancelled. It is not fired.", by => Store.CancelAsync(row.Id, by));
    }

    /// <param name="done">The sentence when it was done.</param>
    /// <param name="act">False when the notification no longer waits.</param>
    private async Task ActAsync(string done, Func<Actor, Task<bool>> act)
    {
        _error = await Guard.TrySendingAsync("change", "Nothing was changed", async by => await act(by) ? null : "It no longer waits: it was fired or cancelled meanwhile.");
        if (_error is null) Snackbar.Add(done, MudBlazor.Severity.Success);
        await LoadAsync();
    }
}
