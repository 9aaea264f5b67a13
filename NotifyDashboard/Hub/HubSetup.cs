using Microsoft.Extensions.Options;

namespace NotifyDashboard.Hub;

/// <summary>The hub's services. Other folders register the <see cref="INotificationLog"/> and the <see cref="INotificationEncoder"/>.</summary>
internal static class HubSetup
{
    public static IServiceCollection AddHub(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<HubOptions>, HubOptionsValidator>()
            .AddOptions<HubOptions>().BindConfiguration(HubOptions.Section).ValidateOnStart();
        return services.AddSingleton(TimeProvider.System).AddSingleton<ScheduleClock>().AddSingleton<NotificationHub>().AddHostedService<HubStart>();
    }

    // Hosted services start before the server listens, so no request reaches a hub that is not started.
    private sealed class HubStart(NotificationHub hub) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellation) => hub.StartAsync(cancellation);

        public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;
    }
}
