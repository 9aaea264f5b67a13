using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

internal static class AccessSetup
{
    /// <summary>Who may do what: operators, keys, set-up, bootstrap. Needs the store.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>()
            .AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        services.AddSingleton<OperatorPasswords>().AddSingleton<PasswordTurns>().AddSingleton<OperatorSessions>().AddSingleton<OperatorSignIn>().AddSingleton<OperatorChanges>().AddSingleton<SignInThrottle>()
            .AddSingleton<SetUpLink>().AddSingleton<SetUp>().AddSingleton<Bootstrap>()
            .AddSingleton<StartBanner>().AddSingleton(new BannerOutput(Console.Out))
            .AddSingleton<ApiKeys>().AddSingleton<ApiKeyUses>().AddHostedService(provider => provider.GetRequiredService<ApiKeyUses>())
            .AddHostedService<AccessStart>().AddHostedService<EndedStreams>()
            .AddSingleton<ITopicScope, PublisherTopicScope>()
            .AddSingleton<RemoteKeys>().AddSingleton<TokenKeys>().AddSingleton<RecipientTokens>().AddSingleton<StreamTickets>().AddSingleton<KnownOrigins>().AddSingleton<IRecipients, Recipients>();
        services.AddAuthentication(Schemes.Default)
            .AddPolicyScheme(Schemes.Default, null, options => options.ForwardDefaultSelector = Credentials.SchemeOf)
            .AddCookie(Schemes.Cookie, OperatorCookie.Configure)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(Schemes.ApiKey, null)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(Schemes.Token, null)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(Schemes.RecipientCookie, null)
            .AddScheme<AuthenticationSchemeOptions, TicketAuthenticationHandler>(Schemes.Ticket, null);
        Policies.Add(services.AddAuthorizationBuilder());
        services.AddCascadingAuthenticationState().AddScoped<AuthenticationStateProvider, OperatorStateProvider>();
        services.AddCors().AddOptions<CorsOptions>().Configure<IOptions<AccessOptions>>(AllowOrigins);
        // As the sign-in's own: by default it would be sent in the clear too.
        services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        return services.AddProtection();
    }

    /// <summary>Says who stands behind a request. After the routing, before antiforgery and the endpoints.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseMiddleware<RefusedOrigins>();
        app.UseCors();
        app.UseAuthentication();
        app.UseMiddleware<BadCredentialsGuard>();
        app.UseMiddleware<CookieGuard>();
        app.UseAuthorization();
    }

    private static void AllowOrigins(CorsOptions cors, IOptions<AccessOptions> access)
    {
        cors.AddPolicy(Policies.AnyOrigin, policy => policy.AllowAnyOrigin().WithMethods(HttpMethods.Get, HttpMethods.Head));
        cors.AddPolicy(Policies.AllowedOrigins, policy => policy
            .WithOrigins([.. access.Value.AllowedOrigins.Select(Origins.Normalize).OfType<string>()])
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
            // Libraries that read event streams with fetch add Cache-Control.
            .WithHeaders(HeaderNames.Accept, HeaderNames.Authorization, HeaderNames.CacheControl, HeaderNames.ContentType, "Idempotency-Key", "Last-Event-ID")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
            .WithExposedHeaders(HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate));
    }

    private static IServiceCollection AddProtection(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("NotifyDashboard");
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository>((options, repository) =>
        {
            options.XmlRepository = repository;
            // Whoever can read the database can read all it guards anyway, and there is no second place for a secret on one machine.
            // Said aloud here, or every start would warn that no encryptor is configured.
            options.XmlEncryptor = new NullXmlEncryptor();
        });
        return services;
    }
}
