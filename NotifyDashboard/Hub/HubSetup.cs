using Microsoft.Extensions.Options;

namespace NotifyDashboard.Hub;

/// <summary>The hub's services. It needs an <see cref="INotificationLog"/> and an <see cref="INotificationEncoder"/> from elsewhere.</summary>
internal static class HubSetup
{
    public static IServiceCollection AddHub(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<HubOptions>, HubOptionsValidator>()
            .AddOptions<HubOptions>().BindConfiguration(HubOptions.Section).ValidateOnStart();
        return services.AddSingleton(TimeProvider.System).AddSingleton<ScheduleClock>().AddSingleton<NotificationHub>().AddHostedService<HubStart>();
    }

    // Before the server listens: no request meets a hub that is not open.
    private sealed class HubStart(NotificationHub hub) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellation) => hub.StartAsync(cancellation);

        public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;
    }
}
