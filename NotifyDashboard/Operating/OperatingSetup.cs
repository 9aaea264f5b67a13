using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using NotifyDashboard.Connections;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Operating;

internal static class OperatingSetup
{
    public static IServiceCollection AddHub(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<HubOptions>, HubOptionsValidator>()
            .AddOptions<HubOptions>().BindConfiguration(HubOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>()
            // Without this the binder passes over what it cannot read within a list, and what a rule is to delete would be kept.
            .AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<INotificationEncoder, EventStreamEncoder>();
        services.AddSingleton<NotificationHub>();
        return services.AddHostedService<HubStart>().AddHostedService<ScheduleWorker>().AddSingleton<Retention>().AddHostedService<Trimming>().AddHostedService<DeliveryFigures>();
    }

    /// <summary>Bytes of a request body where an endpoint sets no limit of its own: forms of some hundred bytes, which anyone may post. They must take no room from large ones.</summary>
    internal const int MaxBody = BodyLimit.Small;

    public static IServiceCollection AddOperating(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
        // By default only in development: elsewhere a body that cannot be read would get an empty answer.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        return services.AddSingleton<BootId>().AddProblemDetails().AddExceptionHandler<ApiFaults>();
    }

    /// <summary>First in the pipeline: refuses while stopping, and turns faults into problems. Checks all settings before anything is opened.</summary>
    public static void UseOperating(this WebApplication app)
    {
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        ListenAddresses.Check(app.Configuration);
        if (!TimeZoneData.IsInstalled) OperatingLog.NoTimeZones(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OperatingSetup)), TimeZoneData.Missing);
        app.UseMiddleware<StoppingGate>();
        app.UseExceptionHandler();
    }

    // Before the server listens: no request meets a hub that is not open.
    private sealed class HubStart(NotificationHub hub) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellation) => hub.StartAsync(cancellation);

        public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;
    }
}
