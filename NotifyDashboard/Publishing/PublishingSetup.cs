using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Publishing;

internal static class PublishingSetup
{
    public const string RateLimit = "publish";

    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<PublishingOptions>, PublishingOptionsValidator>()
            .AddOptions<PublishingOptions>().BindConfiguration(PublishingOptions.Section).ValidateOnStart();
        services.AddSingleton<DemoTexts>().AddSingleton(_ => DemoEndpoints.CreateLimiter());
        return services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = (rejected, _) => new ValueTask(RefuseAsync(rejected));
            limiter.AddPolicy(RateLimit, Partition);
        });
    }

    private static RateLimitPartition<string> Partition(HttpContext context)
    {
        var perMinute = context.RequestServices.GetRequiredService<IOptions<PublishingOptions>>().Value.PerMinute;
        return perMinute == 0
            ? RateLimitPartition.GetNoLimiter("")
            // Not by name: a key may be called like another, or like an operator, and would use up their share.
            : RateLimitPartition.GetTokenBucketLimiter(context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = perMinute,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            });
    }

    private static Task RefuseAsync(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 60;
        rejected.HttpContext.Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too many publishes", $"Publishing:PerMinute is reached; try again in {wait} seconds.")
            .ExecuteAsync(rejected.HttpContext);
    }
}
