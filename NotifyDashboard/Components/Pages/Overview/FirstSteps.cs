using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Layout;
using NotifyDashboard.Hub;
using NotifyDashboard.Monitoring;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>What an admin does with a new hub.</summary>
/// <param name="Hub">The address of the hub's root, with a slash at its end.</param>
public sealed record FirstSteps(string Hub, bool HasUsedKey, bool HasConnected, bool HasInvited)
{
    public bool AreDone => HasUsedKey && HasConnected && HasInvited;

    /// <summary>In their order; the account is there, since someone is signed in.</summary>
    public IReadOnlyList<FirstStep> All =>
    [
        new("Create your account", "", true),
        new("Publish with a key", "From your application, or with curl. The set-up showed you the first key.", HasUsedKey, Action: "Show keys", Address: PageLink.Access.Address + "/keys"),
        new("Show the first badge", "Two lines in a page of yours, and it counts by itself. If the page has another origin than this hub, allow it first: Access__AllowedOrigins__0=https://your-site.example", HasConnected,
            $"""
            <script type="module" src="{Hub}shared/notify-badge.js"></script>
            <notify-badge>News</notify-badge>
            """),
        new("Invite a colleague", "Someone who can help when you are away.", HasInvited, Action: "Create an invitation", Address: PageLink.Access.Address + "/operators"),
    ];
}

/// <summary>A step, and the page where it is done.</summary>
/// <param name="Sample">Lines to copy.</param>
public sealed record FirstStep(string Title, string Text, bool IsDone, string? Sample = null, string? Action = null, string? Address = null);

/// <summary>Finds which steps are done.</summary>
internal sealed class FirstStepsFinder(IApiKeyStore keys, IOperatorStore operators, IOneTimeLinkStore links, IOpenStreams streams, ActivityRecorder recorder, IAuthorizationService rights, TimeProvider time)
{
    /// <returns>Null for others than admins, who cannot do them.</returns>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<FirstSteps?> FindAsync(ClaimsPrincipal user, string hub, CancellationToken cancellation)
    {
        if (!(await rights.AuthorizeAsync(user, Policies.Admin)).Succeeded) return null;
        var hasUsedKey = (await keys.ListAsync(cancellation)).Any(key => key.LastUsedAt is not null);
        var hasInvited = (await operators.ListAsync(cancellation)).Count > 1 || (await links.ListInvitationsAsync(cancellation)).Count > 0;
        var hasConnected = streams.Count > 0
            || (await recorder.ReadAsync(ActivityStep.TenMinutes, time.GetUtcNow() - (2 * ActivityStep.TenMinutes.KeptFor), cancellation)).Any(sample => sample.Opened > 0)
            || (await recorder.ReadAsync(ActivityStep.TenSeconds, time.GetUtcNow() - ActivityStep.Minute.Length, cancellation)).Any(sample => sample.Opened > 0);
        return new(hub, hasUsedKey, hasConnected, hasInvited);
    }
}
