namespace NotifyDashboard.Tests;

public sealed class FairLimiterTests
{
    private readonly FairLimiter _turns = new(1, waitingPerCaller: 3, waiting: 5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waiting_addresses_get_turns_in_rotation()
    {
        var order = new List<string>();
        var first = await _turns.TakeAsync("crowd", Cancellation);
        var waiting = new[] { "crowd", "crowd", "crowd", "other" }.Select(address => RunAsync(address, order)).ToArray();
        first!.Dispose();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal(["crowd", "other", "crowd", "crowd"], order);
    }

    [Fact]
    public async Task Waiting_requests_are_limited_per_address_and_in_total()
    {
        using var first = await _turns.TakeAsync("a", Cancellation);
        var waiting = new[] { "a", "a", "a", "b", "b" }.Select(address => _turns.TakeAsync(address, Cancellation)).ToArray();
        Assert.Null(await _turns.TakeAsync("a", Cancellation));
        Assert.Null(await _turns.TakeAsync("c", Cancellation));
        Assert.All(waiting, turn => Assert.False(turn.IsCompleted));
    }

    [Fact]
    public async Task Cancelled_wait_takes_no_turn_and_a_turn_disposed_twice_ends_once()
    {
        var first = await _turns.TakeAsync("a", Cancellation);
        using var leaving = new CancellationTokenSource();
        var left = _turns.TakeAsync("a", leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => left);
        var next = _turns.TakeAsync("b", Cancellation);
        first!.Dispose();
        first.Dispose();
        using var second = await next.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.False(_turns.TakeAsync("c", Cancellation).IsCompleted);
    }

    private async Task RunAsync(string address, List<string> order)
    {
        using var turn = await _turns.TakeAsync(address, Cancellation);
        lock (order) order.Add(address);
    }
}
