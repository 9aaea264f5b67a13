using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NotifyDashboard.Hub;
using NotifyDashboard.Operating;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Operating;

public class DeliveryFiguresTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_outlive_a_restart()
    {
        await using var server = Hubs.Start();
        using (var stream = await server.OpenAsync("?topic=t"))
        {
            await server.PublishAsync(new { topic = "t", title = "T" });
            await server.PublishAsync(new { topic = "nobody", title = "T" });
            await stream.NextAsync();
            await Eventually.TrueAsync(() => server.Services.GetRequiredService<NotificationHub>().ReplayBuffer.Find(1)!.Written == 1);
        }
        await server.RestartAsync();
        Assert.Null(server.Services.GetRequiredService<NotificationHub>().ReplayBuffer.Find(1));
        var kept = await server.Services.GetRequiredService<IDeliveryStore>().ReadAsync([1, 2], Cancellation);
        Assert.Equal(new Delivery(1, 1, 1), Assert.Single(kept).Value);
    }

    [Fact]
    public async Task Only_changed_delivery_figures_are_saved_again()
    {
        await using var store = await TestHub.StartAsync();
        var counting = new CountingStore(store.Deliveries);
        using var figures = new DeliveryFigures(store.Hub, counting, TimeProvider.System, NullLogger<DeliveryFigures>.Instance);
        await Listener.JoinAsync(store.Hub, "t");
        for (var i = 0; i < 3; i++) await store.PublishAsync("x", "t");
        await store.DispatchedAsync();
        await figures.SaveAsync();
        await figures.SaveAsync();
        store.Hub.ReplayBuffer.Find(2)!.CountWritten();
        await figures.SaveAsync();
        Assert.Equal([3, 1], counting.Saved);
        Assert.Equal(new Delivery(2, 1, 1), (await store.Deliveries.ReadAsync([2], Cancellation))[2]);
    }

    [Fact]
    public async Task Two_stops_at_once_save_the_last_figures_once()
    {
        var time = new ManualTime();
        await using var store = await TestHub.StartAsync(time: time);
        var counting = new CountingStore(store.Deliveries);
        using var figures = new DeliveryFigures(store.Hub, counting, time, NullLogger<DeliveryFigures>.Instance);
        await figures.StartAsync(Cancellation);
        await Eventually.TrueAsync(() => time.Waiting > 0);
        await Listener.JoinAsync(store.Hub, "t");
        await store.PublishAsync("x", "t");
        await store.DispatchedAsync();
        await Task.WhenAll(Task.Run(() => figures.StopAsync(Cancellation), Cancellation), Task.Run(() => figures.StopAsync(Cancellation), Cancellation));
        Assert.Equal([1], counting.Saved);
    }

    [Fact]
    public async Task Delivery_figures_are_deleted_with_their_notification()
    {
        var time = new ManualTime();
        await using var store = await TestHub.StartAsync(time: time);
        await Listener.JoinAsync(store.Hub, "t");
        await store.Hub.PublishAsync(Drafts.Text("x", "t"), "tester", TimeSpan.FromHours(1), Cancellation);
        await store.DispatchedAsync();
        await store.Deliveries.SaveAsync([new(1, 1, 1)]);
        time.Advance(TimeSpan.FromHours(1));
        await store.TrimAsync();
        Assert.Empty(await store.Deliveries.ReadAsync([1], Cancellation));
    }

    private sealed class CountingStore(IDeliveryStore store) : IDeliveryStore
    {
        public List<int> Saved { get; } = [];

        public Task SaveAsync(IReadOnlyList<Delivery> deliveries)
        {
            Saved.Add(deliveries.Count);
            return store.SaveAsync(deliveries);
        }

        public Task<IReadOnlyDictionary<long, Delivery>> ReadAsync(IReadOnlyList<long> sequences, CancellationToken cancellation) => store.ReadAsync(sequences, cancellation);
    }
}
