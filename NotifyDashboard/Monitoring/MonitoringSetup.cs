namespace NotifyDashboard.Monitoring;

internal static class MonitoringSetup
{
    public static IServiceCollection AddMonitoring(this IServiceCollection services) =>
        services.AddSingleton<UnreadCounter>().AddSingleton<ActivityRecorder>().AddHostedService(provider => provider.GetRequiredService<ActivityRecorder>());
}
