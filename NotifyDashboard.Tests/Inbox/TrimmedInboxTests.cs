using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Inbox;

public sealed class TrimmedInboxTests
{
    [Fact]
    public async Task Trim_sends_new_counts_to_streams_of_affected_recipients_only()
    {
        await using var server = Hubs.Start(Jwt.Pairs);
        using var alice = await server.OpenAsAsync(Jwt.Of("alice", new { inbox = new[] { "orders/7" } }));
        using var bob = await server.OpenAsAsync(Jwt.Of("bob"));
        var id = await server.PublishAsync(new { title = "Order", topic = "orders/7" });
        await alice.NextAsync();
        await server.Services.GetRequiredService<NotificationHub>().TrimAsync([Cursor.TryParse(id, out var cursor) ? cursor.Sequence : 0]);
        var read = await alice.NextAsync();
        var json = StreamReading.Json(read);
        Assert.Equal(("hub.read", "trimmed", 0), (read.EventType, json.GetProperty("change").GetString(), json.GetProperty("counts").GetProperty("unread").GetInt32()));
        // Bob's inbox had nothing of it.
        var last = await server.PublishAsync(new { title = "All" });
        Assert.Equal(last, (await bob.NextAsync()).EventId);
    }

    [Fact]
    public async Task Trim_on_a_topic_of_one_device_refreshes_every_device_of_the_recipient_once()
    {
        await using var server = Hubs.Start(Jwt.Pairs);
        using var narrow = await server.OpenAsAsync(Jwt.Of("alice"));
        using var wide = await server.OpenAsAsync(Jwt.Of("alice", new { inbox = new[] { "orders/7" } }));
        using var sameWide = await server.OpenAsAsync(Jwt.Of("alice", new { inbox = new[] { "orders/7" } }));
        var id = await server.PublishAsync(new { title = "Order", topic = "orders/7" });
        await wide.NextAsync();
        await sameWide.NextAsync();
        await server.Services.GetRequiredService<NotificationHub>().TrimAsync([Cursor.TryParse(id, out var cursor) ? cursor.Sequence : 0]);
        foreach (var stream in new[] { narrow, wide, sameWide }) Assert.Equal("trimmed", StreamReading.Json(await stream.NextAsync()).GetProperty("change").GetString());
        var last = await server.PublishAsync(new { title = "All" });
        foreach (var stream in new[] { narrow, wide, sameWide }) Assert.Equal(last, (await stream.NextAsync()).EventId);
    }
}
