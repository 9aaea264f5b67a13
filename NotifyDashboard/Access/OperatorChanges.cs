using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>
/// An admin's changes to other operators. A change of an operator's rights ends that operator's sessions and open pages. The names come from the
/// list and are for the audit only; the store identifies operators by id.
/// </summary>
internal sealed class OperatorChanges(IOperatorStore operators, IOneTimeLinkStore links, OperatorSessions sessions)
{
    /// <returns>False when the operator is the last enabled admin; nothing changes then.</returns>
    public Task<bool> ChangeRoleAsync(Actor actor, OperatorSummary whom, string role) => EndSessionsIfAsync(whom.Id,
        operators.ChangeRoleAsync(whom.Id, role, new(AuditActions.RoleChanged, actor, whom.Name, $"from {whom.Role} to {role}")));

    /// <returns>False when the operator is the last enabled admin, or already disabled; nothing changes then.</returns>
    public Task<bool> DisableAsync(Actor actor, OperatorSummary whom) => EndSessionsIfAsync(whom.Id,
        operators.DisableAsync(whom.Id, new(AuditActions.Disabled, actor, whom.Name)));

    public Task EnableAsync(Actor actor, OperatorSummary whom) => operators.EnableAsync(whom.Id, new(AuditActions.Enabled, actor, whom.Name));

    public Task SignOutEverywhereAsync(Actor actor, long id, string name) => sessions.EndAllAsync(id, new(AuditActions.SignedOutEverywhere, actor, name));

    /// <returns>The token for a link to /join.</returns>
    public async Task<string> InviteAsync(Actor actor, string role)
    {
        var token = OneTimeToken.Create();
        await links.AddAsync(new(OneTimeLinkPurposes.Invite, OneTimeToken.Hash(token), role, null, actor.Name), new(AuditActions.Invited, actor, Detail: $"as {role}"));
        return token;
    }

    public Task RevokeInvitationAsync(Actor actor, OneTimeLink invitation) =>
        links.RevokeAsync(invitation.Id, new(AuditActions.InvitationRevoked, actor, Detail: $"as {invitation.Role}, made by {invitation.CreatedBy}"));

    /// <returns>The token for a link to /reset-password. The old password stays valid until the link is used.</returns>
    public async Task<string> MakeResetLinkAsync(Actor actor, long id, string name)
    {
        var token = OneTimeToken.Create();
        await links.AddAsync(new(OneTimeLinkPurposes.Reset, OneTimeToken.Hash(token), null, id, actor.Name), new(AuditActions.ResetLinkMade, actor, name));
        return token;
    }

    private async Task<bool> EndSessionsIfAsync(long id, Task<bool> change)
    {
        var changed = await change;
        if (changed) sessions.OnEnded(id);
        return changed;
    }
}
