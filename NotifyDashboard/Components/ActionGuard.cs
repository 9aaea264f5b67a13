using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components;

/// <summary>What an operator does on a page. The right is checked for each action, because it can end while the page is open; what goes wrong becomes a sentence here.</summary>
internal sealed class ActionGuard(NotificationHub hub, IAuthorizationService authorization, AuthenticationStateProvider authentication, CircuitAddress address)
{
    /// <summary>Does it, unless the right, the session or the store is missing.</summary>
    /// <param name="policy">One of <see cref="Policies"/>.</param>
    /// <param name="refusal">The sentence for an operator without the right.</param>
    /// <param name="unharmed">What is as it was when the session or the store is missing; a sentence without its end.</param>
    /// <param name="action">Gets the operator; gives null, or a sentence that says why it was not done.</param>
    /// <returns>Null when it was done, otherwise a sentence that says why not.</returns>
    public async Task<string?> TryAsync(string policy, string refusal, string unharmed, Func<Actor, Task<string?>> action)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (!(await authorization.AuthorizeAsync(user, policy)).Succeeded) return refusal;
        try
        {
            return await action(address.ActorOf(user));
        }
        catch (SessionEndedException)
        {
            return $"You are signed out by now. {unharmed}.";
        }
        catch (StoreUnavailableException)
        {
            return $"The store is not available. {unharmed}; try again in a moment.";
        }
    }

    /// <summary>Does what senders may do.</summary>
    /// <param name="verb">What it is, as in "may look but not fire".</param>
    /// <inheritdoc cref="TryAsync"/>
    public Task<string?> TrySendingAsync(string verb, string unharmed, Func<Actor, Task<string?>> action) =>
        TryAsync(Policies.Sender, $"Your role may look but not {verb}. An admin can change that.", unharmed, action);

    /// <summary>Retracts a notification; the hub tells whatever shows it.</summary>
    /// <inheritdoc cref="TryAsync" path="/returns"/>
    public Task<string?> RetractAsync(Cursor id) => TrySendingAsync("retract", "Nothing was retracted", async by =>
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
