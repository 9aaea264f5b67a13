using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Demo;

/// <summary><c>POST /demo/fire</c>, which the demo's buttons call: anonymous, fixed texts, <see cref="PerMinute"/> notifications per minute and address.</summary>
internal static class DemoEndpoints
{
    public const int PerMinute = 30;

    public const string Path = DemoSetup.Path + "/fire";

    /// <summary>How long the demo's notifications are kept.</summary>
    public static readonly TimeSpan RetainFor = TimeSpan.FromHours(1);

    /// <summary>Maximum number of notifications per request.</summary>
    private const int MaxCount = 10;

    // Accepts JSON only: a form of another site cannot send it, and no CORS policy allows scripts of other origins to.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, FireAsync).AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimit(1_024));

    /// <summary>Limits notifications, not requests, per address. Removes the counters of idle addresses.</summary>
    public static PartitionedRateLimiter<IPAddress> CreateLimiter() => PartitionedRateLimiter.Create<IPAddress, string>(address => RateLimitPartition.GetTokenBucketLimiter(
        AddressKey.Of(address), _ => new TokenBucketRateLimiterOptions { TokenLimit = PerMinute, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromMinutes(1) / PerMinute }));

    private static async Task<Results<Ok<DemoFired>, ProblemHttpResult>> FireAsync(
        HttpContext context, DemoFire ask, DemoTexts texts, PartitionedRateLimiter<IPAddress> limiter, NotificationHub hub, CancellationToken cancellation)
    {
        var count = ask.Count ?? 1;
        if (count is < 1 or > MaxCount) return Problems.Invalid([new("count", "count_invalid", $"count is 1 to {MaxCount}.")]);
        if (texts.Next(ask.What) is null) return Problems.Invalid([new("what", "what_unknown", "what is one of follow, write, ring, ping, alice, bob.")]);
        using var lease = limiter.AttemptAcquire(context.Connection.RemoteIpAddress ?? IPAddress.None, count);
        if (!lease.IsAcquired)
        {
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 60;
            context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            return Problems.Because(StatusCodes.Status429TooManyRequests, Problems.TooMany, "Enough for now", $"That was {PerMinute} in a minute. Again in {wait} s.");
        }
        var ids = new List<string>(count);
        for (var i = 0; i < count; i++) ids.Add((await hub.PublishAsync(texts.Next(ask.What)!, DemoTexts.Publisher, RetainFor, cancellation)).Id.ToString());
        return TypedResults.Ok(new DemoFired(ids));
    }

    internal sealed record DemoFire(string? What, int? Count);

    internal sealed record DemoFired(IReadOnlyList<string> Ids);
}
