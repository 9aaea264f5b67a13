using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Components.Pages.SignIn;
using NotifyDashboard.Connections;
using NotifyDashboard.Operating;
using NotifyDashboard.Storage;

namespace NotifyDashboard.Demo.DemoHub;

/// <summary><c>--demo</c>: a hub for trying out, with a temporary store, some history and a one-click sign-in. Reachable from this machine only.</summary>
internal static class DemoHubSetup
{
    /// <summary>Maximum number of notifications in the store.</summary>
    private const int MaxCount = 1_000;

    // Settings that belong to a real hub, or that make requests from other machines look local.
    private static readonly string[] NotWithDemo = ["Storage", "Access:Bootstrap", "Proxy", "ForwardedHeaders_Enabled"];

    public static bool IsAskedFor(string[] args) => args.Any(IsSwitch);

    /// <summary>The arguments without the switch: the configuration would read it as a key and the next argument as its value.</summary>
    public static string[] WithoutSwitch(string[] args) => [.. args.Where(arg => !IsSwitch(arg))];

    /// <summary>Call it before the store and the hub are added: it changes defaults of their options, and its hosted service must fill the history before the hub starts.</summary>
    /// <exception cref="StartException">A configured setting conflicts with the demo.</exception>
    public static void AddDemoHub(this WebApplicationBuilder builder)
    {
        if (NotWithDemo.FirstOrDefault(key => builder.Configuration.GetSection(key).Exists()) is { } key)
            throw new StartException($"--demo makes a store and an operator of its own, for this machine alone, but {FirstValue(builder.Configuration.GetSection(key))} is configured. Leave out one of the two.");
        builder.Services.AddEndpointDefault(endpoint => RequireLoopback(endpoint.EndPoint));
        // Program.cs prints the message of a start failure; the host would also print its stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Against DNS rebinding: a site may let its own host name resolve to this machine.
        builder.Services.PostConfigure<HostFilteringOptions>(hosts => (hosts.AllowedHosts, hosts.AllowEmptyHosts) = (["localhost", "127.0.0.1", "[::1]"], false));
        builder.Services.AddSingleton<DemoStore>()
            .AddSingleton<OneClickSignIn>().AddSingleton(new SignInForm(typeof(DemoSignIn)))
            .AddHostedService<DemoHubStart>()
            .Configure<RetentionOptions>(retention => retention.MaxCount = MaxCount)
            .AddOptions<StorageOptions>().Configure<DemoStore>((storage, store) => storage.ConnectionString = store.ConnectionString);
    }

    /// <summary>Maps the sign-in link that the terminal shows; does nothing without <c>--demo</c>.</summary>
    public static void MapSignIn(WebApplication app)
    {
        if (app.Services.GetService<OneClickSignIn>() is not null) app.MapGroup("").WithHead().MapGet(OneClickSignIn.Path, SignInAsync).AllowAnonymous();
    }

    // If the link is not valid, the sign-in page shows the reason.
    private static async Task<RedirectHttpResult> SignInAsync(HttpContext context, string? token, OneClickSignIn oneClick)
    {
        OneTimeLinkPage.HideLink(context);
        // A HEAD request, such as for a link preview, must not use the link.
        var signedIn = HttpMethods.IsGet(context.Request.Method) && await oneClick.TryLinkAsync(context, token);
        return TypedResults.LocalRedirect(signedIn ? "~/" : "~/sign-in");
    }

    private static bool IsSwitch(string arg) => arg is "--demo" or "--demo=true";

    private static void RequireLoopback(EndPoint endpoint)
    {
        if (endpoint is IPEndPoint { Address: var address } && (address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.IPv6Loopback))) return;
        throw new StartException($"--demo lets everyone in who can connect, so it listens on this machine alone, and not on {endpoint}. Leave out --urls, or give it an address such as http://localhost:5081.");
    }

    private static string FirstValue(IConfigurationSection section) => section.GetChildren().FirstOrDefault() is { } child ? FirstValue(child) : section.Path;
}
