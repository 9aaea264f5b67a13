using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Cors;
using Microsoft.Extensions.Options;
using MudBlazor.Services;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Components.Pages.Overview;

namespace NotifyDashboard.Components;

internal static class ComponentsSetup
{
    /// <summary>The largest message that a browser may send into its circuit, in bytes.</summary>
    public const int MaxMessage = 1024 * 1024;

    /// <summary>Pages and circuits. A circuit outlives a lost line by five minutes; after a restart live.js reloads the page.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuit => circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5))
            .AddHubOptions(connection =>
            {
                connection.KeepAliveInterval = TimeSpan.FromSeconds(5);
                // The default of 32 KB would cut the circuit under a large paste into Compose; the draft's own rules refuse it in words.
                connection.MaximumReceiveMessageSize = MaxMessage;
            });
        services.AddSingleton<IValidateOptions<CircuitOptions>, CircuitOptionsValidator>()
            .AddOptions<CircuitOptions>().BindConfiguration(CircuitOptions.Section).ValidateOnStart();
        services.AddSingleton<ILoggerProvider, CircuitErrors>().PostConfigure<LoggerFilterOptions>(CircuitErrors.Configure);
        services.AddMudServices();
        services.AddHttpContextAccessor().AddScoped<IComponentActivator, PageActivator>()
            .AddScoped<CircuitAddress>().AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitAddress>())
            .AddScoped<CircuitRights>().AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitRights>());
        services.AddScoped<ActionGuard>();
        services.AddScoped<BrowserZone>().AddScoped<BrowserState>();
        services.AddSingleton<AttentionFinder>().AddSingleton<FirstStepsFinder>().AddSingleton<OverviewSources>();
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().Add(OpenShared);
        var routes = app.MapGroup("").WithHead();
        routes.MapGet("/access", () => TypedResults.LocalRedirect("~/access/operators")).RequireAuthorization(Policies.Admin);
        // SecurityHeaders sets the whole policy; a second header from the framework would only restrict it further.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null).WithHead().Add(RequireOperator);
    }

    // Pages of other sites load these modules.
    private static void OpenShared(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } route } && route.TrimStart('/').StartsWith("shared/", StringComparison.Ordinal))
            endpoint.Metadata.Add(new EnableCorsAttribute(Policies.AnyOrigin));
    }

    // Every page is for operators unless it says [AllowAnonymous]. The circuit's own endpoints are for anyone, as far as CircuitLimit lets them:
    // a circuit starts only components that this server rendered into a page it gave out.
    private static void RequireOperator(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().Any()) endpoint.Metadata.Add(new AuthorizeAttribute(Policies.Operator));
    }
}
