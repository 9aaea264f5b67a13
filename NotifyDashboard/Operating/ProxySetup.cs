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
            // Of a chain of proxies each has to be known; the first unknown address is the visitor's.
            forwarded.ForwardLimit = null;
            // As a host that is asked for: another one is overlooked.
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

    /// <summary>Before anything that asks for an address, a host or a path: says who asks, and under which path the hub stands.</summary>
    public static void UseProxy(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value;
        // With no proxy known the middleware would believe everyone.
        if (options.Known.Count > 0)
        {
            app.UseForwardedHeaders();
            app.Use(RefuseOtherSchemes);
        }
        else app.Use(WarnOnceOfUnknownProxy(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProxySetup))));
        if (options.PathBase.Length == 0) return;
        app.Use((context, next) =>
        {
            // Some proxies cut the path off, others pass it on; a health check comes without it.
            if (context.Request.Path.StartsWithSegments(options.PathBase, out var rest)) context.Request.Path = rest;
            context.Request.PathBase = options.PathBase;
            return next(context);
        });
        // Here, or the route would be looked up with the path base still before it.
        app.UseRouting();
    }

    // It stands in links and redirects: a proxy that passes on whatever it is sent must not put another one there.
    private static Task RefuseOtherSchemes(HttpContext context, RequestDelegate next) => context.Request.Scheme is "http" or "https"
        ? next(context)
        : Problems.Because(StatusCodes.Status400BadRequest, Problems.InvalidKind, "X-Forwarded-Proto is wrong", "It is http or https. Let the proxy set it itself.").ExecuteAsync(context);

    // Without this the sign-in's slow-down counts everybody as one address, and nobody would know why.
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
