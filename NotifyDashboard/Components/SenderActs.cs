using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components;

/// <summary>What an operator who sends does on a page. The right is asked for each time: it can be taken while the page is open.</summary>
internal sealed class SenderActs(NotificationHub hub, IAuthorizationService authorization, AuthenticationStateProvider authentication, CircuitAddress address)
{
    /// <summary>Does it, unless the right or the store is missing.</summary>
    /// <param name="verb">What it is, as in "may look but not fire".</param>
    /// <param name="unharmed">What has not come to harm when the store is missing; a sentence without its end.</param>
    /// <param name="act">Gets the operator; gives null, or a sentence that says why it was not done.</param>
    /// <returns>Null when it was done, otherwise a sentence that says why not.</returns>
    public async Task<string?> TryAsync(string verb, string unharmed, Func<Actor, Task<string?>> act)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (!(await authorization.AuthorizeAsync(user, Policies.Sender)).Succeeded) return $"Your role may look but not {verb}. An admin can change that.";
        try
        {
            return await act(address.ActorOf(user));
        }
        catch (LogUnavailableException)
        {
            return $"The store is not available. {unharmed}; try again in a moment.";
        }
    }

    /// <summary>Retracts a notification; the hub tells whatever shows it.</summary>
    /// <inheritdoc cref="TryAsync" path="/returns"/>
    public Task<string?> RetractAsync(Cursor id) => TryAsync("retract", "Nothing was retracted", async by =>
    {
        try
        {
            await hub.RetractAsync(id, by);
            return null;
        }
        catch (NotificationGoneException)
        {
            return "It is not kept any more, so it cannot be retracted.";
        }
    });
}
