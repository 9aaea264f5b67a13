using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Publishing;

/// <summary>Limits what each key and operator publishes to <see cref="PublishingOptions.PerMinute"/> notifications; requests are not counted.</summary>
internal sealed class PublishLimit(IOptions<PublishingOptions> options) : IDisposable
{
    private readonly int _perMinute = options.Value.PerMinute;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = options.Value.PerMinute,
        TokensPerPeriod = options.Value.PerMinute,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1),
    }));

    /// <returns>The problem when the limit is reached; else null.</returns>
    public ProblemHttpResult? Refuse(HttpContext context, int count)
    {
        if (_perMinute == 0) return null;
        if (count > _perMinute) return TooMany($"A batch of {count} never fits: Publishing:PerMinute is {_perMinute}. Send it in parts.");
        using var lease = _limiter.AttemptAcquire(context.User.CallerId(), count);
        if (lease.IsAcquired) return null;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 60;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return TooMany($"Publishing:PerMinute is reached; try again in {wait} seconds.");
    }

    public void Dispose() => _limiter.Dispose();

    private static ProblemHttpResult TooMany(string detail) => Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Too many publishes", detail);
}
