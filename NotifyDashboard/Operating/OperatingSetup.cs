using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using NotifyDashboard.Connections;

namespace NotifyDashboard.Operating;

internal static class OperatingSetup
{
    /// <summary>Maximum bytes of a request body for endpoints without their own limit: small forms, which anyone may post. It equals the uncounted part of <see cref="BodyLimit"/>, so that they use none of its budget.</summary>
    internal const int MaxBody = BodyLimit.Small;

    public static IServiceCollection AddOperating(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
        // The default is true only in Development; otherwise a body that cannot be read would get an empty response.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>()
            // Without this, the binder silently skips list entries that it cannot read, and the rule would delete nothing.
            .AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<Retention>().AddHostedService<ScheduleWorker>().AddHostedService<Trimming>().AddHostedService<DeliveryFigures>();
        return services.AddSingleton<BootId>().AddProblemDetails().AddExceptionHandler<ApiErrors>();
    }

    /// <summary>Validates all settings before any resource is opened. Adds the first middleware: it refuses requests while the host stops, and turns exceptions into problems.</summary>
    /// <exception cref="StartException">An address is wrong or in use.</exception>
    public static void UseOperating(this WebApplication app)
    {
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        ListenAddresses.Check(app.Configuration);
        if (!TimeZoneData.IsInstalled) OperatingLog.NoTimeZones(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OperatingSetup)), TimeZoneData.Missing);
        app.UseMiddleware<StoppingGate>();
        app.UseExceptionHandler();
    }
}
