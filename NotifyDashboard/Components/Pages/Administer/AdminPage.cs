using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Administer;

/// <summary>A page for admins. Each of its actions asks again: the right can be taken while the page is open.</summary>
public abstract class AdminPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    [Inject] private IAuthorizationService Authorization { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    [Inject] private CircuitAddress Address { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>The page was left.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Why the last act was not done; null: it was.</summary>
    protected string? Fault { get; private set; }

    /// <summary>Runs what an admin asked for and says how it ended.</summary>
    /// <param name="work">Gets the admin; gives a sentence, or null when there is nothing to say.</param>
    protected async Task ActAsync(Func<Actor, Task<string?>> work)
    {
        var user = (await Authentication).User;
        if (!(await Authorization.AuthorizeAsync(user, Policies.Admin)).Succeeded)
        {
            Fail("This is for admins, and you are none any more. Nothing was done.");
            return;
        }
        try
        {
            Fault = null;
            if (await work(Address.ActorOf(user)) is { } sentence) Snackbar.Add(sentence, MudBlazor.Severity.Success);
        }
        catch (SessionEndedException)
        {
            Fail("You are signed out by now. Nothing was done.");
        }
        catch (Exception fault) when (fault is System.Data.Common.DbException or ObjectDisposedException)
        {
            Fail("The store is not available. Nothing was done; try again in a moment.");
        }
    }

    /// <summary>Says that something was not done, and why.</summary>
    protected void Fail(string sentence) => Fault = sentence;

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }
}
