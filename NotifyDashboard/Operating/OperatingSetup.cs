using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using NotifyDashboard.Connections;

namespace NotifyDashboard.Operating;

internal static class OperatingSetup
{
    /// <summary>Bytes of a request body where an endpoint sets no limit of its own: forms of some hundred bytes, which anyone may post. They must take no room from large ones.</summary>
    internal const int MaxBody = BodyLimit.Small;

    public static IServiceCollection AddOperating(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
        // By default only in development: elsewhere a body that cannot be read would get an empty answer.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>()
            // Without this the binder passes over what it cannot read within a list, and what a rule is to delete would be kept.
            .AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<Retention>().AddHostedService<ScheduleWorker>().AddHostedService<Trimming>().AddHostedService<DeliveryFigures>();
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
}
