using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Layout;
using NotifyDashboard.Hub;
using NotifyDashboard.Monitoring;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>Finds what needs attention, the most urgent first. What only an admin can change is shown to admins alone.</summary>
internal sealed class AttentionFinder(
    IScheduleStore schedule, ITopicScope scope, IStoreSpace space, IOpenStreams streams, ActivityRecorder recorder, IApiKeyStore keys, IOperatorStore operators, IAuthorizationService rights, TimeProvider time)
{
    private const int MaxMissed = 20;

    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(1), UnusedKey = TimeSpan.FromDays(90), StormWindow = TimeSpan.FromMinutes(5);

    /// <exception cref="StoreUnavailableException"/>
    public async Task<IReadOnlyList<Attention>> FindAsync(ClaimsPrincipal user, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var hour = await recorder.ReadAsync(ActivityStep.TenSeconds, now - TimeSpan.FromHours(1), cancellation);
        var found = new List<Attention?>(await OfScheduleAsync(user, now, cancellation)) { OfStore(hour), OfSpace() };
        found.AddRange(OfStreams(now, hour));
        if ((await rights.AuthorizeAsync(user, Policies.Admin)).Succeeded)
        {
            found.Add(OfKeys(now, await keys.ListAsync(cancellation)));
            found.Add(OfAdmins(await operators.ListAsync(cancellation)));
        }
        return [.. found.OfType<Attention>().OrderBy(attention => attention.Severity switch { Severity.Critical => 0, Severity.Warning => 1, _ => 2 })];
    }

    private async Task<IReadOnlyList<Attention?>> OfScheduleAsync(ClaimsPrincipal user, DateTimeOffset now, CancellationToken cancellation)
    {
        var allowed = scope.Of(user);
        var missed = (await schedule.ReadMissedAsync(now - ScheduledNotification.KeptFor, MaxMissed, cancellation)).Where(one => allowed.Matches(one.Draft)).ToList();
        var next = await schedule.ReadAsync(allowed, 1, cancellation);
        var maySend = (await rights.AuthorizeAsync(user, Policies.Sender)).Succeeded;
        return
        [
            next is [var late] && late.PublishAt < now - Overdue
                ? new Attention(Severity.Critical, "Scheduled notifications are not fired", "The next one is overdue: the store takes nothing. The log of the server says why.").At(PageLink.Scheduled, "Show scheduled")
                : null,
            missed switch
            {
                [] => null,
                [var one] => Again(new(Severity.Warning, "A scheduled notification was not fired", $"It was for {one.Draft.Topics[0]}, and had expired when its time came.")),
                _ => Again(new(Severity.Warning, $"{Number(missed.Count)}{(missed.Count == MaxMissed ? "+" : "")} scheduled notifications were not fired", "They had expired when their time came.")),
            },
        ];

        Attention Again(Attention attention) => maySend ? attention.At(PageLink.Compose, "Compose again") : attention;
    }

    private static Attention? OfStore(IReadOnlyList<ActivitySample> hour) => hour.Sum(sample => sample.Failed) is > 0 and var failed
        ? new Attention(Severity.Critical, $"{Count(failed, "publish", "publishes")} could not be stored in the last hour", "Publishers got 503 and were asked to try again. The log of the server says why.")
        : null;

    private Attention? OfSpace() => space.Read() is { IsNearlyFull: true } read
        ? new Attention(Severity.Critical, "The disk of the database is nearly full", $"{Bytes(read.Free)} are left; the database has {Bytes(read.Used)}. Free some space, or keep notifications for a shorter time (the setting Retention).")
        : null;

    private IEnumerable<Attention?> OfStreams(DateTimeOffset now, IReadOnlyList<ActivitySample> hour)
    {
        if (streams.Census is { Lagging: > 0 and var lagging, Open.Streams: var open })
            yield return new(Severity.Warning, $"{Count(lagging, "connection")} of {Number(open)} {(lagging == 1 ? "lags" : "lag")} behind", "The browser, or a proxy before it, has accepted nothing for some seconds. When it returns, it catches up.");
        var recent = hour.Where(sample => sample.At >= now - StormWindow).ToList();
        // People who go from page to page open one for each; more than twenty for each that stays is no person.
        if (recent.Sum(sample => sample.Opened) is > 100 and var opened && recent.Max(sample => sample.Streams) is var most && opened > 20 * Math.Max(1, most))
            yield return new(Severity.Warning, "Connections are opened again and again", $"{Number(opened)} in five minutes, and about {Number(most)} are open. Often a proxy cuts them after some seconds: let it wait for longer than the heartbeat.");
        if (hour.Sum(sample => sample.Gaps) is > 0 and var gaps)
            yield return new(Severity.Warning, $"{Count(gaps, "page")} missed notifications in the last hour", "They returned after the notifications had been deleted. They were told, and can load their list again. A longer retention avoids it.");
    }

    private static Attention? OfKeys(DateTimeOffset now, IReadOnlyList<ApiKeySummary> all)
    {
        var unused = all.Where(key => key.RevokedAt is null && (key.LastUsedAt ?? key.CreatedAt) < now - UnusedKey).ToList();
        return unused switch
        {
            [] => null,
            [var key] => new Attention(Severity.Info, $"The key “{key.Name}” has not been used for 90 days", "If nothing needs it, revoke it.").At(PageLink.Access, "Review keys", "/keys"),
            _ => new Attention(Severity.Info, $"{Number(unused.Count)} keys have not been used for 90 days", $"{string.Join(", ", unused.Take(3).Select(key => $"“{key.Name}”"))}{(unused.Count > 3 ? " and others" : "")}. Revoke those that nothing needs.").At(PageLink.Access, "Review keys", "/keys"),
        };
    }

    // With one operator it is a first step.
    private static Attention? OfAdmins(IReadOnlyList<OperatorSummary> all) =>
        all.Count(one => one.DisabledAt is null) > 1 && all.Count(one => one is { DisabledAt: null, Role: Roles.Admin }) == 1
            ? new Attention(Severity.Info, "You are the only admin", "If you lose your password, only the command line of the server can help.").At(PageLink.Access, "Make someone an admin", "/operators")
            : null;

    private static string Count(long count, string one, string? several = null) => $"{Number(count)} {(count == 1 ? one : several ?? one + "s")}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.#} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0} MB");
}
