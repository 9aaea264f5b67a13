using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components;

/// <summary>Runs the actions of an operator on a page. It checks the right for each action, because the right can end while the page is open, and turns failures into sentences.</summary>
internal sealed class ActionGuard(NotificationHub hub, IAuthorizationService authorization, AuthenticationStateProvider authentication, CircuitAddress address)
{
    /// <summary>Runs the action, unless the right, the session or the store is missing.</summary>
    /// <param name="policy">One of <see cref="Policies"/>.</param>
    /// <param name="refusal">The sentence for an operator without the right.</param>
    /// <param name="unharmed">What stayed unchanged when the session or the store is missing; a sentence without its full stop.</param>
    /// <param name="action">Receives the operator; returns null, or a sentence that says why it was not done.</param>
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

    /// <summary>Runs an action that senders and admins may do.</summary>
    /// <param name="verb">The action, as in "may look but not fire".</param>
    /// <inheritdoc cref="TryAsync"/>
    public Task<string?> TrySendingAsync(string verb, string unharmed, Func<Actor, Task<string?>> action) =>
        TryAsync(Policies.Sender, $"Your role may look but not {verb}. An admin can change that.", unharmed, action);

    /// <summary>Retracts a notification; the hub informs its subscribers.</summary>
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
