using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Circuits;

/// <summary>
/// Creates components as the framework does, but a page only for a user who satisfies its policies. The browser names the components with which a
/// circuit starts, and could name those of a page that was rendered for another user.
/// </summary>
internal sealed class PageActivator(IServiceProvider services) : IComponentActivator
{
    private static readonly ConcurrentDictionary<Type, ObjectFactory> Factories = new();
    private static readonly ConcurrentDictionary<Type, string[]> Needed = new();

    public IComponent CreateInstance(Type componentType) =>
        Needed.GetOrAdd(componentType, NeededPolicies).All(IsAllowed)
            ? (IComponent)Factories.GetOrAdd(componentType, static type => ActivatorUtilities.CreateFactory(type, []))(services, [])
            : new NothingHere();

    /// <summary>The policies of its attributes. A page without any is for operators, unless it allows anonymous visitors.</summary>
    internal static string[] NeededPolicies(Type type)
    {
        string[] named = [.. type.GetCustomAttributes<AuthorizeAttribute>(inherit: true).Select(attribute => attribute.Policy ?? Policies.Operator)];
        var isPage = type.IsDefined(typeof(RouteAttribute), inherit: false);
        return type.IsDefined(typeof(AllowAnonymousAttribute), inherit: true) ? [] : named.Length > 0 || !isPage ? named : [Policies.Operator];
    }

    private bool IsAllowed(string policy)
    {
        // Both are there at once: the circuit has its user before its components, and the policies ask nobody.
        var state = services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync();
        if (!state.IsCompletedSuccessfully) return false;
        var asked = services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(state.Result.User, policy);
        return asked.IsCompletedSuccessfully && asked.Result.Succeeded;
    }

    private sealed class NothingHere : IComponent
    {
        public void Attach(RenderHandle renderHandle)
        {
        }

        public Task SetParametersAsync(ParameterView parameters) => Task.CompletedTask;
    }
}
