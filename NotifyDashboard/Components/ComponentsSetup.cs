namespace NotifyDashboard.Components;

internal static class ComponentsSetup
{
    /// <summary>Pages and circuits. A circuit outlives a lost line by five minutes; after a restart live.js reloads the page.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuit => circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5))
            .AddHubOptions(connection => connection.KeepAliveInterval = TimeSpan.FromSeconds(5));
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }
}
