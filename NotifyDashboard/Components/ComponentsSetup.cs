using NotifyDashboard.Access;

namespace NotifyDashboard.Components;

internal static class ComponentsSetup
{
    /// <summary>Pages and circuits. A circuit outlives a lost line by five minutes; after a restart live.js reloads the page.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuit => circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5))
            .AddHubOptions(connection =>
            {
                connection.KeepAliveInterval = TimeSpan.FromSeconds(5);
                // The default of 32 KB would cut the circuit under a large paste into Compose; the draft's own rules refuse it in words.
                connection.MaximumReceiveMessageSize = 1024 * 1024;
            });
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapGet("/", () => TypedResults.LocalRedirect("~/compose")).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization(Policies.Operator);
    }
}
