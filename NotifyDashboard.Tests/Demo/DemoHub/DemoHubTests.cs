using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NotifyDashboard.Demo.DemoHub;
using NotifyDashboard.Hub;
using NotifyDashboard.Monitoring;
using NotifyDashboard.Operating;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Demo.DemoHub;

/// <summary>What a demo hub has when it starts. Nothing here changes it.</summary>
public sealed class DemoHubTests(DemoHubTests.Started started) : IClassFixture<DemoHubTests.Started>
{
    public sealed class Started : IAsyncDisposable
    {
        internal DemoServer Demo { get; } = new();

        public ValueTask DisposeAsync() => Demo.DisposeAsync();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HubServer Hub => started.Demo.Hub;

    [Fact]
    public async Task The_history_of_a_new_demo_covers_the_last_hour_and_keeps_every_rule()
    {
        var now = started.Demo.Time.GetUtcNow();
        var all = await ReadAsync("");
        Assert.InRange(all.Count, 12, 30);
        Assert.All(all, notification => Assert.InRange(notification.PublishedAt, now.AddHours(-1), now));
        Assert.True(all[^1].PublishedAt < now.AddMinutes(-50));
        Assert.Equal(all.OrderByDescending(notification => notification.Id.Sequence), all);
        Assert.All(all.Where(notification => notification.Retraction is null), notification => Assert.Empty(DraftRules.Check(notification.Draft)));
        Assert.Single(all, notification => notification.UpdatedAt is not null);
        Assert.Single(all, notification => notification.Retraction is not null);
        Assert.Single(await Hub.Services.GetRequiredService<IScheduleStore>().ReadAsync(TopicFilter.Everything, 10, Cancellation));
    }

    [Fact]
    public async Task The_activity_of_a_new_demo_counts_each_notification_of_the_history()
    {
        var hour = await Hub.Services.GetRequiredService<IActivityStore>().ReadAsync(ActivityStep.Minute, started.Demo.Time.GetUtcNow().AddHours(-2), Cancellation);
        Assert.Equal((await ReadAsync("")).Count, hour.Sum(sample => sample.Published));
        Assert.All(hour, sample => Assert.InRange(sample.Tabs, 1, 20));
    }

    [Fact]
    public async Task The_history_of_a_new_demo_can_be_searched() => Assert.Equal("Water is off on Mill Lane", Assert.Single(await ReadAsync("mill lane")).Draft.Title);

    [Fact]
    public async Task A_persona_has_unread_notifications_when_the_demo_starts()
    {
        using var asked = await Hub.Http.PostAsync(new Uri(Hub.Address, "/api/demo/tokens?persona=alice"), null, Cancellation);
        var token = (await asked.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("token").GetString();
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(Hub.Address, "/api/inbox/counts")) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var counts = await Hub.Http.SendAsync(ask, Cancellation);
        Assert.Equal(2, (await counts.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task Key_printed_by_the_demo_is_accepted_by_the_publish_endpoint()
    {
        var key = started.Demo.Printed.Split("export KEY=")[1].Split('\n')[0].Trim();
        using var ask = new HttpRequestMessage(HttpMethod.Post, new Uri(Hub.Address, "/api/notifications"))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
            // Refused only after the key was accepted: nothing is stored.
            Content = JsonContent.Create(new { }),
        };
        using var answer = await Hub.Http.SendAsync(ask, Cancellation);
        Assert.Contains("nothing_to_say", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public void Demo_store_folder_is_readable_by_its_user_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights of this kind are not Windows'.");
        var folder = Hub.Services.GetRequiredService<DemoStore>().Folder;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(folder).UnixFileMode);
        Assert.True(File.Exists(Path.Combine(folder, "demo.db")));
    }

    [Fact]
    public void The_store_keeps_a_bounded_number_of_notifications() => Assert.Equal(1_000, Hub.Services.GetRequiredService<IOptions<RetentionOptions>>().Value.MaxCount);

    private async Task<IReadOnlyList<Notification>> ReadAsync(string words)
    {
        var query = new HistoryQuery(TopicFilter.Everything, TopicFilter.Everything, Text: words.Length == 0 ? null : words);
        var slice = await Hub.Services.GetRequiredService<INotificationLog>().ReadHistoryAsync(query, Cancellation);
        return slice.Notifications;
    }
}
