using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NotifyDashboard.Access;

namespace NotifyDashboard.Components;

/// <summary>A page for operators. It was authorised when it was loaded, but its circuit can outlive the right: a page calls <see cref="FindOperatorAsync"/> before it reads again, and acts through <see cref="Guard"/>.</summary>
public abstract class OperatorPage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Task _repeating = Task.CompletedTask;

    protected OperatorPage() => Gone = _gone.Token;

    [Inject] private IAuthorizationService Authorization { get; set; } = null!;

    [Inject] private protected ActionGuard Guard { get; set; } = null!;

    [Inject] private protected TimeProvider Time { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>The user, as long as they are an operator; null afterwards.</summary>
    protected async Task<ClaimsPrincipal?> FindOperatorAsync()
    {
        var user = (await Authentication).User;
        return (await Authorization.AuthorizeAsync(user, Policies.Operator)).Succeeded ? user : null;
    }

    /// <summary>Runs <paramref name="work"/> repeatedly until it returns false or the page is left. Call it once, after the first render.</summary>
    protected void RepeatEvery(TimeSpan interval, Func<Task<bool>> work) => _repeating = RepeatAsync(interval, work);

    /// <summary>Ends the background work of the page.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _repeating;
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task RepeatAsync(TimeSpan interval, Func<Task<bool>> work)
    {
        using var timer = new PeriodicTimer(interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(Gone) && await work()) { }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page was left: the ordinary end.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
