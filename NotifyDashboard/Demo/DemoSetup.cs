using Microsoft.Extensions.Options;
using NotifyDashboard.Access;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Components.Layout;
using NotifyDashboard.Demo.DemoHub;

namespace NotifyDashboard.Demo;

/// <summary>Adds the badge demo, which <c>Demo:Enabled=false</c> disables, and the temporary hub of <c>--demo</c>. Outside this folder, only <c>Program.cs</c> refers to them.</summary>
internal static class DemoSetup
{
    public const string Path = "/demo";

    public static bool IsEnabled(IConfiguration configuration) => configuration.GetValue("Demo:Enabled", true);

    /// <inheritdoc cref="DemoHubSetup.WithoutSwitch"/>
    public static string[] WithoutSwitch(string[] args) => DemoHubSetup.WithoutSwitch(args);

    /// <summary>Call it before the store and the hub are added: <c>--demo</c> changes the defaults of their options.</summary>
    /// <exception cref="StartException">A configured setting conflicts with <c>--demo</c>.</exception>
    public static void AddDemo(this WebApplicationBuilder builder, string[] args)
    {
        if (DemoHubSetup.IsAskedFor(args)) builder.AddDemoHub();
        builder.Services.AddSingleton<IValidateOptions<AccessOptions>, DemoIssuerValidator>();
        builder.Services.AddSingleton<DemoTokens>().AddSingleton<ITokenIssuer>(services => services.GetRequiredService<DemoTokens>());
        if (!IsEnabled(builder.Configuration)) return;
        builder.Services.AddSingleton<DemoTexts>().AddSingleton(_ => DemoEndpoints.CreateLimiter());
        builder.Services.AddSingleton(new PageLink("Try", Path[1..], "badge", "Badge demo", ShortText: "Demo")).AddSingleton(new BannerLine("Demo", Path));
        // The demo is the only page with a circuit for anonymous visitors.
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
        // Before the page's own route. POST is mapped too; without it the router would answer 405 instead of 404.
        app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], NotFound).AllowAnonymous().WithOrder(-1);
        app.MapPost(DemoEndpoints.Path, NotFound).AllowAnonymous().DisableAntiforgery();
        app.MapPost(DemoTokenEndpoints.Path, NotFound).AllowAnonymous().DisableAntiforgery();

        static IResult NotFound() => TypedResults.NotFound();
    }
}
