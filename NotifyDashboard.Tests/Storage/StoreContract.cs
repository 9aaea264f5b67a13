using Dapper;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store, whatever its database. Each test has a database of its own.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private ITestDatabase _opened = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected ManualTime Time { get; } = new();

    private protected Database Database => _opened.Database;

    private protected OperatorStore Operators => new(Database, Time);

    private protected OperatorSessionStore Sessions => new(Database, Time);

    private protected ApiKeyStore Keys => new(Database, Time);

    private protected OneTimeLinkStore Links => new(Database, Time);

    private protected AuditLog Audit => new(Database, Time);

    /// <summary>Every operation of the store.</summary>
    private protected abstract IReadOnlyList<Func<Task>> Uses { get; }

    private protected abstract Task<ITestDatabase> OpenAsync();

    public virtual async ValueTask InitializeAsync() => _opened = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await _opened.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Database_that_fails_refuses_every_use_stores_nothing_and_works_again_afterwards()
    {
        var before = await AuditedAsync();
        using (_opened.Fail())
        {
            foreach (var use in Uses) await Assert.ThrowsAsync<StoreUnavailableException>(use);
        }
        Assert.Equal(before, await AuditedAsync());
        foreach (var use in Uses) await use();
    }

    private protected Task<int> ExecuteAsync(string statement) =>
        Database.WriteAsync((connection, transaction) => connection.Execute(statement, transaction: transaction));

    /// <summary>Newest first.</summary>
    private protected async Task<IReadOnlyList<AuditEntry>> AuditedAsync(string? action = null) =>
        [.. (await Audit.ReadAsync(new(action, Limit: 1_000), Cancellation)).Select(row => row.Entry)];

    private protected async Task<Operator> AddOperatorAsync(string name, string role = Roles.Admin)
    {
        Assert.True(await Operators.AddAsync(new(name, role, "hash"), new(AuditActions.Joined, name)));
        return await FindOperatorAsync(name);
    }

    private protected async Task<Operator> FindOperatorAsync(string name) => (await Operators.FindAsync(name, Cancellation))!;
}
