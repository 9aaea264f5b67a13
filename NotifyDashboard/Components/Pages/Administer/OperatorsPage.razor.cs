using Microsoft.AspNetCore.Components;
using MudBlazor;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Kit;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Administer;

/// <summary>The operators: who may sign in, and with which role.</summary>
public sealed partial class OperatorsPage
{
    private IReadOnlyList<OperatorSummary>? _operators;
    private IReadOnlyList<OneTimeLink>? _invitations;
    private (string Title, string Url, string Words)? _link;
    private string _role = Roles.Sender;
    private bool _failed;
    private int _selectVersion;

    [Inject] private IOperatorStore Operators { get; set; } = null!;

    [Inject] private IOneTimeLinkStore Links { get; set; } = null!;

    [Inject] private OperatorChanges Changes { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            (_operators, _invitations) = (await Operators.ListAsync(Gone), await Links.ListInvitationsAsync(Gone));
            _failed = false;
        }
        catch (StoreUnavailableException)
        {
            _failed = true;
        }
    }

    private Task InviteAsync() => ChangeAsync(async actor =>
    {
        var token = await Changes.InviteAsync(actor, _role);
        _link = ("The invitation", Url("join", token), $"Send this link to your colleague, who becomes {_role}. It works once, for three days, and is shown only now.");
        return null;
    });

    private Task RevokeAsync(OneTimeLink invitation) => ChangeAsync(async actor =>
    {
        await Changes.RevokeInvitationAsync(actor, invitation);
        _link = null;
        return "The invitation is taken back; its link does nothing any more.";
    });

    private Task ChangeRoleAsync(OperatorSummary whom, string role) => ChangeAsync(async actor =>
    {
        if (!Roles.All.Contains(role) || role == whom.Role) return null;
        if (await Changes.ChangeRoleAsync(actor, whom, role)) return $"{whom.Name} is {role} now, and has to sign in again.";
        Fail($"{whom.Name} is the only admin. Make another one first.");
        return null;
    });

    private async Task DisableAsync(OperatorSummary whom)
    {
        if (!await Dialogs.AskAsync($"Disable {whom.Name}?", $"{whom.Name} is signed out at once, and open pages end. What was fired stays. You can enable the account again.", $"Disable {whom.Name}")) return;
        await ChangeAsync(async actor =>
        {
            if (await Changes.DisableAsync(actor, whom)) return $"{whom.Name} is disabled and signed out.";
            Fail($"{whom.Name} is the only admin. Make another one first.");
            return null;
        });
    }

    private Task EnableAsync(OperatorSummary whom) => ChangeAsync(async actor =>
    {
        await Changes.EnableAsync(actor, whom);
        return $"{whom.Name} may sign in again.";
    });

    private Task SignOutAsync(OperatorSummary whom) => ChangeAsync(async actor =>
    {
        await Changes.SignOutEverywhereAsync(actor, whom.Id, whom.Name);
        return $"{whom.Name} is signed out everywhere.";
    });

    private Task MakeResetLinkAsync(OperatorSummary whom) => ChangeAsync(async actor =>
    {
        var token = await Changes.MakeResetLinkAsync(actor, whom.Id, whom.Name);
        _link = ($"A new password for {whom.Name}", Url("reset-password", token), $"Send it to {whom.Name}. It works once, for an hour, and is shown only now. The old password counts until it is used.");
        return null;
    });

    private async Task ChangeAsync(Func<Actor, Task<string?>> work)
    {
        await ActAsync(work);
        _selectVersion++;
        await LoadAsync();
    }

    private string Url(string page, string token) => Navigation.ToAbsoluteUri($"{page}?token={token}").ToString();
}
