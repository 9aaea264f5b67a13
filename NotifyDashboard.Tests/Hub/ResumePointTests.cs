using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

public class ResumePointTests
{
    private static readonly TopicFilter Even = new(["even"]);

    [Fact]
    public async Task Resume_without_a_cursor_starts_at_the_head()
    {
        await using var hub = await WithTenAsync();
        Assert.Equal(new ResumePoint(10), await ResumeAsync(hub, null));
        Assert.Equal(new ResumePoint(10), await ResumeAsync(hub, ""));
    }

    [Fact]
    public async Task Resume_from_earliest_starts_before_the_first_notification()
    {
        await using var hub = await WithTenAsync();
        Assert.Equal(new ResumePoint(0), await ResumeAsync(hub, "earliest"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(10)]
    public async Task A_known_cursor_resumes_exactly(long sequence)
    {
        await using var hub = await WithTenAsync();
        Assert.Equal(new ResumePoint(sequence), await ResumeAsync(hub, hub.Hub.Epochs.CursorOf(sequence).ToString()));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("Earliest")]
    [InlineData("otherlog-3")]
    [InlineData("3")]
    [InlineData("\ud83c-1")]
    public async Task An_unknown_cursor_is_a_gap_and_sends_the_newest_that_match(string cursor)
    {
        await using var hub = await WithTenAsync();
        Assert.Equal(new ResumePoint(5, GapReason.Unknown, hub.Hub.Epochs.CursorOf(6)), await ResumeAsync(hub, cursor));
    }

    [Fact]
    public async Task A_cursor_beyond_the_head_is_a_gap_ahead()
    {
        await using var hub = await WithTenAsync();
        Assert.Equal(new ResumePoint(5, GapReason.Ahead, hub.Hub.Epochs.CursorOf(6)), await ResumeAsync(hub, hub.Hub.Epochs.CursorOf(11).ToString()));
    }

    [Fact]
    public async Task A_gap_with_nothing_to_send_goes_on_from_the_head()
    {
        await using var hub = await WithTenAsync();
        Assert.Equal(new ResumePoint(10, GapReason.Unknown), await ResumeAsync(hub, "x-1", new TopicFilter(["none"])));
        await using var none = await WithTenAsync(gapReplay: 0);
        Assert.Equal(new ResumePoint(10, GapReason.Unknown), await ResumeAsync(none, "x-1"));
    }

    [Fact]
    public async Task Gap_replay_skips_a_retracted_notification()
    {
        await using var hub = await WithTenAsync();
        await hub.Hub.RetractAsync(hub.Hub.Epochs.CursorOf(6), "owner", TestContext.Current.CancellationToken);
        Assert.Equal(new ResumePoint(3, GapReason.Unknown, hub.Hub.Epochs.CursorOf(4)), await ResumeAsync(hub, "x-1"));
    }

    [Fact]
    public async Task Gap_replay_excludes_notifications_published_after_the_subscriber_joined()
    {
        await using var hub = await WithTenAsync();
        Assert.Equal(
            new ResumePoint(1, GapReason.Unknown, hub.Hub.Epochs.CursorOf(2)),
            await hub.Hub.ResumeAsync("x-1", Even, head: 7, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_older_epochs_cursor_resumes_only_below_the_restore()
    {
        await using var hub = await WithTenAsync();
        var epochs = new Epochs([new("before", 0), new("after", 8)]);
        Task<ResumePoint> Find(string cursor) => ResumePoint.FindAsync(cursor, Even, 10, 0, epochs, hub.Hub.Trimmed, hub.Log, 3, TestContext.Current.CancellationToken);
        Assert.Equal(new ResumePoint(7), await Find("before-7"));
        Assert.Equal(GapReason.Unknown, (await Find("before-8")).Gap);
        Assert.Equal(GapReason.Unknown, (await Find("before-99")).Gap);
        Assert.Equal(new ResumePoint(8), await Find("after-8"));
        Assert.Equal(GapReason.Ahead, (await Find("after-11")).Gap);
    }

    [Theory]
    [InlineData("earliest", "even*", 7, 8)]
    [InlineData("5", "even*", 7, 8)]
    [InlineData("5", "none*", 10, null)]
    public async Task Resume_with_patterns_below_the_search_floor_reports_a_limited_gap(string cursor, string asked, long position, int? oldest)
    {
        await using var hub = await WithTenAsync();
        if (long.TryParse(cursor, out var sequence)) cursor = hub.Hub.Epochs.CursorOf(sequence).ToString();
        Assert.True(TopicPattern.TryParse(asked, out var pattern));
        var found = await hub.Hub.ResumeAsync(cursor, new([], [pattern]), head: 10, TestContext.Current.CancellationToken, floor: 6);
        Assert.Equal((position, GapReason.Limited, oldest), (found.Position, found.Gap, found.Oldest?.Sequence));
    }

    [Fact]
    public async Task Resume_above_the_search_floor_or_without_patterns_reports_no_gap()
    {
        await using var hub = await WithTenAsync();
        Assert.True(TopicPattern.TryParse("even*", out var pattern));
        Assert.Equal(new ResumePoint(6), await hub.Hub.ResumeAsync(hub.Hub.Epochs.CursorOf(6).ToString(), new([], [pattern]), head: 10, TestContext.Current.CancellationToken, floor: 6));
        Assert.Equal(new ResumePoint(0), await hub.Hub.ResumeAsync("earliest", Even, head: 10, TestContext.Current.CancellationToken, floor: 6));
    }

    private static Task<ResumePoint> ResumeAsync(TestHub hub, string? cursor, TopicFilter? filter = null) =>
        hub.Hub.ResumeAsync(cursor, filter ?? Even, head: 10, TestContext.Current.CancellationToken);

    // 1–10, the even ones on "even"; after a gap the newest three are sent.
    private static async Task<TestHub> WithTenAsync(int gapReplay = 3)
    {
        var hub = await TestHub.StartAsync(new HubOptions { GapReplay = gapReplay });
        for (var i = 1; i <= 10; i++) await hub.PublishAsync($"{i}", i % 2 == 0 ? "even" : "odd");
        return hub;
    }
}
