using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Connections;

internal static class ConnectionsSetup
{
    /// <summary>Call it after Kestrel was added: Kestrel prefers the listener factory that was registered last.</summary>
    public static IServiceCollection AddConnectionLimit(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ConnectionOptions>, ConnectionOptionsValidator>()
            .AddOptions<ConnectionOptions>().BindConfiguration(ConnectionOptions.Section).ValidateOnStart();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureEndpointDefaults(listen =>
        {
            foreach (var prepare in listen.ApplicationServices.GetServices<Action<ListenOptions>>()) prepare(listen);
        }));
        services.AddEndpointDefault(listen => listen.Use(next => FirstByte.Within(listen.ApplicationServices.GetRequiredService<IOptions<ConnectionOptions>>().Value.FirstByte, next)));
        return services.AddSingleton<ConnectionLimit>().AddSingleton<IConnectionListenerFactory, LimitedListenerFactory>();
    }

    /// <summary>Adds a callback that runs for each endpoint before it is bound. Several callbacks may be added, whereas Kestrel's own <c>ConfigureEndpointDefaults</c> keeps only the last one.</summary>
    public static IServiceCollection AddEndpointDefault(this IServiceCollection services, Action<ListenOptions> prepare) => services.AddSingleton(prepare);
}
