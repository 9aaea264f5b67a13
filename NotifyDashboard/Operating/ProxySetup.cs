using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Operating;

internal static class ProxySetup
{
    public static IServiceCollection AddProxy(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsValidator>()
            .AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>, IConfiguration>((forwarded, proxy, configuration) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            // No limit on the chain of proxies, but each must be known: the first unknown address is the visitor's.
            forwarded.ForwardLimit = null;
            // X-Forwarded-Host must pass the same check as Host; another value is ignored.
            if (configuration["AllowedHosts"] is { Length: > 0 } hosts && hosts != "*") forwarded.AllowedHosts = hosts.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var known in proxy.Value.Known)
            {
                if (ProxyOptions.TryParse(known, out var network)) forwarded.KnownIPNetworks.Add(network);
            }
        });
        return services;
    }

    /// <summary>Applies the forwarded headers and the path base. Place it before all middleware that uses the address, the host or the path of a request.</summary>
    public static void UseProxy(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value;
        // Without known proxies, the middleware would trust every caller.
        if (options.Known.Count > 0)
        {
            app.UseForwardedHeaders();
            app.Use(RefuseOtherSchemes);
        }
        else app.Use(WarnOnceOfUnknownProxy(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProxySetup))));
        if (options.PathBase.Length == 0) return;
        app.Use((context, next) =>
        {
            // Some proxies remove the path base and others forward it; health checks come without it.
            if (context.Request.Path.StartsWithSegments(options.PathBase, out var rest)) context.Request.Path = rest;
            context.Request.PathBase = options.PathBase;
            return next(context);
        });
        // Routing must run after the path base is removed; by default it would run first.
        app.UseRouting();
    }

    // The scheme is used in links and redirects, and a proxy may forward any value of X-Forwarded-Proto that a visitor sends.
    private static Task RefuseOtherSchemes(HttpContext context, RequestDelegate next) => context.Request.Scheme is "http" or "https"
        ? next(context)
        : Problems.Because(StatusCodes.Status400BadRequest, Problems.InvalidKind, "X-Forwarded-Proto is wrong", "It is http or https. Let the proxy set it itself.").ExecuteAsync(context);

    // Without the setting, all limits per address count the proxy's visitors as one, and this warning is the only hint.
    private static Func<HttpContext, RequestDelegate, Task> WarnOnceOfUnknownProxy(ILogger log)
    {
        var warned = 0;
        return (context, next) =>
        {
            if (Volatile.Read(ref warned) == 0 && context.Request.Headers.ContainsKey("X-Forwarded-For") && Interlocked.Exchange(ref warned, 1) == 0)
                OperatingLog.UnknownProxy(log, $"{context.Connection.RemoteIpAddress}");
            return next(context);
        };
    }
}
