using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Subscribing;

internal static class SubscribingSetup
{
    public static IServiceCollection AddSubscribing(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<StreamOptions>, StreamOptionsValidator>()
            .AddOptions<StreamOptions>().BindConfiguration(StreamOptions.Section).ValidateOnStart();
        // A stream's query may have 32 KiB; Kestrel's own answer beyond this is a 414 too.
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestLineSize = StreamRequest.MaxQuery + 4096;
            // A flush is over when the system has taken all of it: only then may a stream go on without the web server (StreamOutput), and only so does the write timeout mean the peer.
            kestrel.Limits.MaxResponseBufferSize = 0;
        });
        services.AddSingleton<IConfigureOptions<SocketTransportOptions>, ListeningSocket>();
        // A flush sends on the thread that asks for it, the writer loop's, instead of crossing the pool: a fifth of the cost of a delivery (docs/performance.md).
        services.Configure<SocketTransportOptions>(transport => transport.UnsafePreferInlineScheduling = true);
        return services.AddSingleton<StreamLimits>().AddSingleton<StreamWriters>().AddSingleton<RecipientStreams>().AddSingleton<IRecipientStreams>(provider => provider.GetRequiredService<RecipientStreams>()).AddHostedService<CalmStop>();
    }
}
