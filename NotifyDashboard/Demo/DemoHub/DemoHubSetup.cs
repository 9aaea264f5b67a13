using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.HostFiltering;
using NotifyDashboard.Components.Pages.SignIn;
using NotifyDashboard.Connections;
using NotifyDashboard.Operating;
using NotifyDashboard.Storage;

namespace NotifyDashboard.Demo.DemoHub;

/// <summary><c>--demo</c>: a hub to try out, with a store that is thrown away, some history, and a sign-in by one click. For this machine alone.</summary>
internal static class DemoHubSetup
{
    /// <summary>Notifications that are kept, which bounds the store.</summary>
    private const int MaxCount = 1_000;

    // What belongs to a real hub, or lets requests from elsewhere look as if they came from here.
    private static readonly string[] NotWithDemo = ["Storage", "Access:Bootstrap", "Proxy", "ForwardedHeaders_Enabled"];

    public static bool IsAskedFor(string[] args) => args.Any(IsSwitch);

    /// <summary>The other arguments. The configuration would read the switch as a key and the next argument as its value.</summary>
    public static string[] WithoutSwitch(string[] args) => [.. args.Where(arg => !IsSwitch(arg))];

    /// <summary>Before the store and the hub are added: their options get other defaults, and the history is there when the hub starts.</summary>
    /// <exception cref="StartException">Something is configured that does not go together with the demo.</exception>
    public static void AddDemoHub(this WebApplicationBuilder builder)
    {
        if (NotWithDemo.FirstOrDefault(key => builder.Configuration.GetSection(key).Exists()) is { } key)
            throw new StartException($"--demo makes a store and an operator of its own, for this machine alone, but {FirstValue(builder.Configuration.GetSection(key))} is configured. Leave out one of the two.");
        builder.Services.AddEndpointDefault(endpoint => RequireLoopback(endpoint.EndPoint));
        // The sentence of a refusal is enough; the host would print it with its stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // Another name that leads to this machine is a page of another site that had its own name point here (DNS rebinding).
        builder.Services.PostConfigure<HostFilteringOptions>(hosts => (hosts.AllowedHosts, hosts.AllowEmptyHosts) = (["localhost", "127.0.0.1", "[::1]"], false));
        builder.Services.AddSingleton<DemoStore>()
            .AddSingleton<OneClickSignIn>().AddSingleton(new SignInForm(typeof(DemoSignIn)))
            .AddHostedService<DemoHubStart>()
            .Configure<RetentionOptions>(retention => retention.MaxCount = MaxCount)
            .AddOptions<StorageOptions>().Configure<DemoStore>((storage, store) => storage.ConnectionString = store.ConnectionString);
    }

    /// <summary>The link that the terminal shows; only for a hub of <c>--demo</c>.</summary>
    public static void MapSignIn(WebApplication app)
    {
        if (app.Services.GetService<OneClickSignIn>() is not null) app.MapGroup("").WithHead().MapGet(OneClickSignIn.Path, SignInAsync).AllowAnonymous();
    }

    // Where the link does not work, the sign-in page gives the reason.
    private static async Task<RedirectHttpResult> SignInAsync(HttpContext context, string? token, OneClickSignIn oneClick)
    {
        OneTimeLinkPage.HideLink(context);
        // A HEAD request, as of a link preview, must not use the link up.
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
