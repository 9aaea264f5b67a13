using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Components;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Components.Pages;

/// <summary>The operator "mara" under the real policies, for tests of page models without a page.</summary>
internal sealed class TestOperator : AuthenticationStateProvider
{
    private readonly IAuthorizationService _authorization = Authorize();

    public string Role { get; set; } = Roles.Sender;

    public bool IsSignedIn { get; set; } = true;

    /// <summary>Runs before each check of <see cref="FindAsync"/>.</summary>
    public Action? OnFind { get; set; }

    /// <summary>Runs before each action, when the model has checked its input.</summary>
    public Action? OnAct { get; set; }

    private ClaimsPrincipal User => IsSignedIn ? OperatorPrincipal.Create(new(1, "mara", Role, "", false), "session") : new();

    /// <summary>As <see cref="OperatorPage"/> does it.</summary>
    public async Task<ClaimsPrincipal?> FindAsync()
    {
        OnFind?.Invoke();
        return (await _authorization.AuthorizeAsync(User, Policies.Operator)).Succeeded ? User : null;
    }

    public ActionGuard Guard(NotificationHub hub) => new(hub, _authorization, this, new CircuitAddress(new HttpContextAccessor()));

    public override Task<AuthenticationState> GetAuthenticationStateAsync()
    {
        OnAct?.Invoke();
        return Task.FromResult(new AuthenticationState(User));
    }

    private static IAuthorizationService Authorize()
    {
        var services = new ServiceCollection();
        Policies.Add(services.AddLogging().AddAuthorizationBuilder());
        return services.BuildServiceProvider().GetRequiredService<IAuthorizationService>();
    }
}
