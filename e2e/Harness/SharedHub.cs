namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>One hub for all tests of a class, and one application that embeds it. The tests leave each other alone: each has topics and recipients of its own.</summary>
public sealed class SharedHub : IAsyncDisposable
{
    private Task<HubProcess>? _hub;

    public Site Site { get; } = new();

    /// <summary>The hub, started by the first test that asks. The tests of a class run one after another.</summary>
    public Task<HubProcess> StartAsync(Func<Task<HubProcess>> start) => _hub ??= start();

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null) await (await _hub).DisposeAsync();
        await Site.DisposeAsync();
    }
}
