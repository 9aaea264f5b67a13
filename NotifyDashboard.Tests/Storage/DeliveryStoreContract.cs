using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store of delivery figures, whatever its database.</summary>
public abstract class DeliveryStoreContract : HubStoreContract
{
    private protected override IReadOnlyList<Func<Task>> Uses => [() => SaveAsync(new Delivery(1, 1, 1)), () => ReadAsync(1)];

    [Fact]
    public async Task Saving_figures_again_replaces_them()
    {
        await SaveAsync(new(1, 3, 2), new(2, 7, 7));
        await SaveAsync(new Delivery(1, 5, 4));
        Assert.Equal([new(1, 5, 4), new(2, 7, 7)], await ReadAsync(1, 2));
        await SaveAsync(new Delivery(1, 0, 0));
        Assert.Equal([new(1, 0, 0)], await ReadAsync(1));
    }

    [Fact]
    public async Task Figures_are_read_for_the_requested_notifications_that_have_them()
    {
        await SaveAsync([.. Enumerable.Range(1, 600).Select(i => new Delivery(i, int.MaxValue, i))]);
        Assert.Equal([new(2, int.MaxValue, 2), new(600, int.MaxValue, 600)], await ReadAsync(600, 2, 601, 2));
        Assert.Equal(500, (await ReadAsync(Enumerable.Range(1, 500).Select(i => (long)i))).Count);
        Assert.Empty(await ReadAsync());
        await SaveAsync();
        Assert.Empty(await ReadAsync(0, long.MaxValue));
    }

    [Fact]
    public async Task Figures_are_deleted_with_their_notification()
    {
        var (gone, kept) = ((await Hub.PublishAsync("gone", "t")).Id.Sequence, (await Hub.PublishAsync("kept", "t")).Id.Sequence);
        await SaveAsync(new(gone, 1, 1), new(kept, 1, 1));
        await Hub.Hub.TrimAsync([gone]);
        Assert.Equal([new(kept, 1, 1)], await ReadAsync(gone, kept));
    }

    private Task SaveAsync(params Delivery[] deliveries) => Hub.Deliveries.SaveAsync(deliveries);

    private async Task<IReadOnlyList<Delivery>> ReadAsync(params IEnumerable<long> sequences)
    {
        var found = await Hub.Deliveries.ReadAsync([.. sequences], Cancellation);
        Assert.All(found, pair => Assert.Equal(pair.Key, pair.Value.Sequence));
        return [.. found.Values.OrderBy(one => one.Sequence)];
    }
}
