using Microsoft.AspNetCore.Components;
using MudBlazor;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Administer;

/// <summary>A page for admins.</summary>
public abstract class AdminPage : OperatorPage
{
    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    /// <summary>Why the last action was not done; null: it was.</summary>
    protected string? Error { get; private set; }

    /// <summary>Runs an action of an admin and shows its outcome.</summary>
    /// <param name="work">Receives the admin; returns a sentence about the outcome, or null for none.</param>
    protected async Task ActAsync(Func<Actor, Task<string?>> work)
    {
        Error = null;
        Error = await Guard.TryAsync(Policies.Admin, "This is for admins, and you are none any more. Nothing was done.", "Nothing was done", async actor =>
        {
            if (await work(actor) is { } sentence) Snackbar.Add(sentence, MudBlazor.Severity.Success);
            return Error;
        });
    }

    /// <summary>Called within <see cref="ActAsync"/> when something was not done, with the reason.</summary>
    protected void Fail(string sentence) => Error = sentence;
}
