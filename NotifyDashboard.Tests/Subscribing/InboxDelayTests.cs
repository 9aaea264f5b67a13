using System.Diagnostics;
using System.Net.Http.Json;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Subscribing;

[Collection(Sequential.Name)]
public sealed class InboxDelayTests
{
    [Fact]
    public async Task A_mark_reaches_the_other_devices_within_a_second()
    {
        await using var hub = Hubs.Start(Jwt.Pairs);
        var token = Jwt.Of("alice");
        var devices = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => hub.OpenAsAsync(token)));
        var id = await hub.PublishAsync(new { title = "One" });
        foreach (var device in devices) await device.NextAsync();
        var watch = Stopwatch.StartNew();
        using (var answer = await hub.SendAsync(HttpMethod.Post, "/api/inbox/read", token, JsonContent.Create(new { upTo = id }))) answer.EnsureSuccessStatusCode();
        foreach (var device in devices) Assert.Equal("hub.read", (await device.NextAsync()).EventType);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
        foreach (var device in devices) device.Dispose();
    }
}
