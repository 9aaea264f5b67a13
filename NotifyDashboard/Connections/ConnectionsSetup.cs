using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Connections;

internal static class ConnectionsSetup
{
    /// <summary>After Kestrel was added: the last listener factory is the one that it takes.</summary>
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

    /// <summary>Runs for each endpoint before it is bound, beside what others have added: of Kestrel's own <c>ConfigureEndpointDefaults</c> only the last call counts.</summary>
    public static IServiceCollection AddEndpointDefault(this IServiceCollection services, Action<ListenOptions> prepare) => services.AddSingleton(prepare);
}
