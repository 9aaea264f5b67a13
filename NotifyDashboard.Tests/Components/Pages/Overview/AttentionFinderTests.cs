using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Pages.Overview;
using NotifyDashboard.Hub;
using NotifyDashboard.Monitoring;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Overview;

/// <summary>What needs attention, over a whole server.</summary>
public sealed class AttentionFinderTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly LaterTime _later;
    private readonly FakeStreams _streams = new();
    private readonly FixedSpace _space = new();
    private readonly HubServer _server;

    public AttentionFinderTests()
    {
        _later = new(_time);
        _server = Hubs.Start(services => services.AddSingleton<IStoreSpace>(_space).AddSingleton<IOpenStreams>(_streams).AddTime(_time));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_needs_attention_on_a_new_hub() => Assert.Empty(await FindAsync());

    [Fact]
    public async Task Scheduled_notification_that_expired_first_is_told_for_a_day()
    {
        await ScheduleAsync("orders/7");
        Assert.Equal("A scheduled notification was not fired: It was for orders/7, and had expired when its time came. [Compose again → compose]", Assert.Single(await FindAsync()));
        Assert.DoesNotContain("→", Assert.Single(await FindAsync(Roles.Viewer)), StringComparison.Ordinal);
        await ScheduleAsync("orders/8");
        Assert.StartsWith("2 scheduled notifications were not fired", Assert.Single(await FindAsync()), StringComparison.Ordinal);
        _later.By += TimeSpan.FromHours(25);
        Assert.Empty(await FindAsync());
    }

    [Fact]
    public async Task Failed_publishes_gaps_and_a_storm_of_the_last_minutes_are_told()
    {
        // Twenty people who go from page to page.
        await RecordAsync(opened: 120, gaps: 0, failed: 0, streams: 20);
        Assert.Empty(await FindAsync());
        await RecordAsync(opened: 500, gaps: 1, failed: 2);
        Assert.Equal(["2 publishes could not be stored in the last hour", "Connections are opened again and again", "1 page missed notifications in the last hour"], (await FindAsync()).Select(Title));
        _later.By += TimeSpan.FromMinutes(6);
        Assert.Equal(["2 publishes could not be stored in the last hour", "1 page missed notifications in the last hour"], (await FindAsync()).Select(Title));
        _later.By += TimeSpan.FromHours(1);
        Assert.Empty(await FindAsync());
    }

    [Fact]
    public async Task Lagging_connections_are_told()
    {
        _streams.Census = new(new(7, 3, 4, 9), 2);
        Assert.Equal("2 connections of 7 lag behind", Title(Assert.Single(await FindAsync())));
    }

    [Theory]
    [InlineData(1_000_000_000, 100_000_000_000, true)]
    [InlineData(9_000_000_000, 100_000_000_000, true)]
    [InlineData(11_000_000_000, 100_000_000_000, false)]
    [InlineData(20_000_000_000, 8_000_000_000_000, false)]
    [InlineData(900_000_000, 1_000_000_000, false)]
    [InlineData(90_000_000, 400_000_000, true)]
    public async Task Nearly_full_disk_is_told(long free, long total, bool isTold)
    {
        _space.Space = new(5_000_000, free, total);
        Assert.Equal(isTold ? ["The disk of the database is nearly full"] : [], (await FindAsync()).Select(Title));
    }

    [Fact]
    public async Task Only_admins_hear_of_keys_that_nobody_uses_and_of_a_missing_second_admin()
    {
        var keys = _server.Services.GetRequiredService<IApiKeyStore>();
        var operators = _server.Services.GetRequiredService<IOperatorStore>();
        await keys.AddAsync(new("old", [1], ApiKeyOrigins.Operator, [Actions.Publish], ["#"]), new(AuditActions.KeyCreated, "mara"));
        await operators.AddAsync(new("mara", Roles.Admin, "-"), new(AuditActions.Joined, "mara"));
        Assert.Empty(await FindAsync(Roles.Admin));
        await operators.AddAsync(new("bo", Roles.Sender, "-"), new(AuditActions.Joined, "bo"));
        Assert.Equal("You are the only admin", Title(Assert.Single(await FindAsync(Roles.Admin))));
        _later.By += TimeSpan.FromDays(91);
        // The bootstrap's key too.
        Assert.Contains("2 keys have not been used for 90 days", (await FindAsync(Roles.Admin)).Select(Title));
        Assert.Empty(await FindAsync());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Title(string found) => found.Split(':')[0];

    private async Task<IReadOnlyList<string>> FindAsync(string role = Roles.Sender)
    {
        var user = OperatorPrincipal.Create(new(1, "mara", role, "", false), "session");
        var found = await ActivatorUtilities.CreateInstance<AttentionFinder>(_server.Services, _later).FindAsync(user, Cancellation);
        return [.. found.Select(one => $"{one.Title}: {one.Text}{(one.Action is null ? "" : $" [{one.Action} → {one.Address}]")}")];
    }

    private async Task ScheduleAsync(string topic)
    {
        var hub = _server.Services.GetRequiredService<NotificationHub>();
        var draft = new NotificationDraft { Title = "Offer", Topics = [topic], ExpiresAt = _time.GetUtcNow().AddMinutes(10) };
        var waiting = await hub.ScheduleAsync(draft, _time.GetUtcNow().AddMinutes(5), "tester", cancellation: Cancellation);
        var store = _server.Services.GetRequiredService<IScheduleStore>();
        // Moved behind its end, as by an operator.
        await store.MoveAsync(waiting.Id, _time.GetUtcNow().AddMinutes(11), new("mara"));
        _time.Advance(TimeSpan.FromMinutes(12));
        await Eventually.TrueAsync(async () => (await store.FindAsync(waiting.Id, Cancellation))!.EndedAt is not null);
    }

    private Task RecordAsync(long opened, long gaps, long failed, long streams = 20) => _server.Services.GetRequiredService<IActivityStore>()
        .SaveAsync([new(_time.GetUtcNow(), streams, 0, 1, 0, null, 0, 0, 0, failed, opened, gaps, 0)]);

    /// <summary>The finder's own clock: a whole server takes long to live through a day.</summary>
    private sealed class LaterTime(TimeProvider time) : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + By;
    }

    private sealed class FixedSpace : IStoreSpace
    {
        public StoreSpace? Space { get; set; }

        public StoreSpace? Read() => Space;
    }
}
