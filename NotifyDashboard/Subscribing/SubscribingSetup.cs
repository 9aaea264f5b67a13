using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

internal static class SubscribingSetup
{
    public static IServiceCollection AddSubscribing(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<StreamOptions>, StreamOptionsValidator>()
            .AddOptions<StreamOptions>().BindConfiguration(StreamOptions.Section).ValidateOnStart();
        // The query of a stream may have 32 KiB; above this limit, Kestrel answers 414 too.
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestLineSize = StreamRequest.MaxQuery + 4096);
        services.AddSingleton<IConfigureOptions<SocketTransportOptions>, ListeningSocket>();
        services.Configure<SocketTransportOptions>(StreamOutput.Configure);
        services.AddSingleton<INotificationEncoder, EventStreamEncoder>();
        return services.AddSingleton<StreamLimits>().AddSingleton<StreamWriters>().AddSingleton<IOpenStreams>(provider => provider.GetRequiredService<StreamWriters>()).AddSingleton<RecipientStreams>().AddSingleton<IRecipientStreams>(provider => provider.GetRequiredService<RecipientStreams>()).AddHostedService<ConnectionDrain>();
    }
}
