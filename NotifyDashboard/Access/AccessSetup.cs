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
    /// <summary>Adds operators, API keys, recipients' tokens, set-up and bootstrap. Requires the store.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>()
            .AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        services.AddSingleton<OperatorPasswords>().AddSingleton<PasswordLimiter>().AddSingleton<OperatorSessions>().AddSingleton<OperatorSignIn>().AddSingleton<OperatorChanges>().AddSingleton<SignInThrottle>()
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
        // Like the sign-in cookie. By default the cookie would not be Secure over https.
        services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        return services.AddProtection();
    }

    /// <summary>Adds CORS, authentication and authorization. Place it after the routing, before antiforgery and the endpoints.</summary>
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
            // Libraries that read event streams with fetch send Cache-Control.
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
            // The keys are stored unencrypted: they protect nothing that a reader of the database cannot read anyway, and one machine
            // has no safer place for a secret. Without an explicit encryptor, every start would log a warning.
            options.XmlEncryptor = new NullXmlEncryptor();
        });
        return services;
    }
}
