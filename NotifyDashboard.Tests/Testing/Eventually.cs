namespace NotifyDashboard.Tests.Testing;

/// <summary>Waits for a state that nobody announces, such as the server noticing that a peer went away. Bounded.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Timeout);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition()) await looks.WaitForNextTickAsync(patience.Token);
    }
}
