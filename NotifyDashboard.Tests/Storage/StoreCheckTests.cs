using Dapper;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NotifyDashboard.Storage;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

public sealed class StoreCheckTests : IDisposable
{
    private readonly SqliteStore _store = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Probe_writes_at_most_once_a_second_however_often_it_is_called()
    {
        var check = new StoreCheck(_store.Writer, _time);
        await using var reader = await _store.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var seen = Changes();
        await AskAsync();
        Assert.NotEqual(seen, seen = Changes());
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync()));
        Assert.Equal(seen, Changes());
        _time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync();
        Assert.NotEqual(seen, Changes());

        // data_version changes after each commit of another connection.
        long Changes() => reader.ExecuteScalar<long>("PRAGMA data_version");
        async Task AskAsync() =>
            Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status);
    }

    public void Dispose() => _store.Dispose();
}
