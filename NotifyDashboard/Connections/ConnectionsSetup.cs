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
            listen.Use(next => FirstByte.Within(listen.ApplicationServices.GetRequiredService<IOptions<ConnectionOptions>>().Value.FirstByte, next))));
        return services.AddSingleton<ConnectionLimit>().AddSingleton<IConnectionListenerFactory, LimitedListenerFactory>();
    }
}
