using Microsoft.Extensions.Options;
using NotifyDashboard.Access;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Components.Layout;
using NotifyDashboard.Demo.DemoHub;

namespace NotifyDashboard.Demo;

/// <summary>The badge demo, which <c>Demo:Enabled=false</c> switches off, and the throwaway hub of <c>--demo</c>. Nothing outside this folder but <c>Program.cs</c> knows either.</summary>
internal static class DemoSetup
{
    public const string Path = "/demo";

    public static bool IsEnabled(IConfiguration configuration) => configuration.GetValue("Demo:Enabled", true);

    /// <inheritdoc cref="DemoHubSetup.WithoutSwitch"/>
    public static string[] WithoutSwitch(string[] args) => DemoHubSetup.WithoutSwitch(args);

    /// <summary>Before the store and the hub: <c>--demo</c> changes the defaults of their options.</summary>
    /// <exception cref="StartException">Something is configured that does not go together with <c>--demo</c>.</exception>
    public static void AddDemo(this WebApplicationBuilder builder, string[] args)
    {
        if (DemoHubSetup.IsAskedFor(args)) builder.AddDemoHub();
        builder.Services.AddSingleton<IValidateOptions<AccessOptions>, DemoIssuerValidator>();
        builder.Services.AddSingleton<DemoTokens>().AddSingleton<ITokenIssuer>(services => services.GetRequiredService<DemoTokens>());
        if (!IsEnabled(builder.Configuration)) return;
        builder.Services.AddSingleton<DemoTexts>().AddSingleton(_ => DemoEndpoints.CreateLimiter());
        builder.Services.AddSingleton(new PageLink("Try", "demo", "badge", "Badge demo", ShortText: "Demo")).AddSingleton(new BannerLine("Demo", Path));
        // The demo is the one page with a circuit for people without an account.
        builder.Services.Configure<CircuitOptions>(circuits => circuits.AllowsAnonymous = true);
    }

    public static void MapDemo(this WebApplication app)
    {
        DemoHubSetup.MapSignIn(app);
        if (IsEnabled(app.Configuration))
        {
            DemoEndpoints.Map(app);
            DemoTokenEndpoints.Map(app);
            return;
        }
        // Before the page's own route, and for POST too: the router would answer that the method is wrong.
        app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], NotFound).AllowAnonymous().WithOrder(-1);
        app.MapPost(DemoEndpoints.Path, NotFound).AllowAnonymous().DisableAntiforgery();
        app.MapPost(DemoTokenEndpoints.Path, NotFound).AllowAnonymous().DisableAntiforgery();

        static IResult NotFound() => TypedResults.NotFound();
    }
}
