using Bunit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NotifyDashboard.Access;
using NotifyDashboard.Components;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Storage;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Administer;

/// <summary>A page for admins over a real database. The policies are the real ones; <see cref="Role"/> can change while the page is open.</summary>
public abstract class AdminPageContext : BunitContext
{
    private readonly SqliteStore _store = new();

    protected AdminPageContext()
    {
        Services.AddSingleton(TimeProvider.System).AddSingleton(_store.Database)
            .AddSingleton<IOperatorStore, OperatorStore>().AddSingleton<IApiKeyStore, ApiKeyStore>().AddSingleton<IOneTimeLinkStore, OneTimeLinkStore>().AddSingleton<IAuditLog, AuditLog>()
            .AddSingleton<IOperatorSessionStore, OperatorSessionStore>().AddSingleton<OperatorSessions>().AddSingleton<OperatorChanges>().AddSingleton<ApiKeys>().AddHttpContextAccessor().AddScoped<CircuitAddress>()
            // These pages retract nothing: they need no hub.
            .AddScoped(services => new ActionGuard(null!, services.GetRequiredService<IAuthorizationService>(), services.GetRequiredService<AuthenticationStateProvider>(), services.GetRequiredService<CircuitAddress>()));
        Services.RemoveAll<IAuthorizationService>();
        Policies.Add(Services.AddLogging().AddAuthorizationBuilder());
        Services.AddSingleton<AuthenticationStateProvider>(new Mara(this)).AddCascadingValue(services => services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync());
        Services.AddKit();
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new("Server", true));
        // Mara's session, of whom there is no row: the tests count the operators that they make.
        using var connection = _store.Source.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA foreign_keys = OFF; INSERT INTO operator_sessions (id, operator_id, created_at, seen_at) VALUES ('session', 1, 0, 0)";
        command.ExecuteNonQuery();
    }

    private protected string Role { get; set; } = Roles.Admin;

    private protected T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>From here on every read and write fails.</summary>
    private protected void BreakStore()
    {
        using var connection = _store.Source.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "DROP TABLE audit; DROP TABLE one_time_links; DROP TABLE api_keys";
        command.ExecuteNonQuery();
    }

    private protected static string Words(AngleSharp.Dom.INode node) => string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _store.Dispose();
    }

    private sealed class Mara(AdminPageContext page) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(OperatorPrincipal.Create(new(1, "mara", page.Role, "", false), "session")));
    }
}
