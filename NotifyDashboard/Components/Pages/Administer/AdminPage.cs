using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Pages.Administer;

/// <summary>A page for admins. Each of its actions asks again: the right can be taken while the page is open.</summary>
public abstract class AdminPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    [Inject] private IAuthorizationService Authorization { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    /// <summary>The page was left.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>What to say about the last action; null for nothing.</summary>
    protected string? Said { get; set; }

    /// <summary>Whether <see cref="Said"/> is a failure.</summary>
    protected bool IsFault { get; private set; }

    /// <summary>Runs what an admin asked for and says how it ended; the text is the sentence for it.</summary>
    /// <param name="work">Gets the admin's name; gives a sentence, or null when there is nothing to say.</param>
    protected async Task ActAsync(Func<string, Task<string?>> work)
    {
        var user = (await Authentication).User;
        if (!(await Authorization.AuthorizeAsync(user, Policies.Admin)).Succeeded)
        {
            Fail("This is for admins, and you are none any more. Nothing was done.");
            return;
        }
        try
        {
            (IsFault, Said) = (false, null);
            if (await work(user.Identity?.Name ?? "") is { } sentence) Said = sentence;
        }
        catch (Exception fault) when (fault is System.Data.Common.DbException or ObjectDisposedException)
        {
            Fail("The store is not available. Nothing was done; try again in a moment.");
        }
    }

    /// <summary>Says that something was not done, and why.</summary>
    protected void Fail(string sentence) => (IsFault, Said) = (true, sentence);

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }
}
