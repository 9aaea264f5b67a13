using Dapper;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Storage;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Circuits;

public sealed class CircuitRightsTests : IAsyncLifetime
{
    private readonly SqliteStore _store = new();
    private readonly SettableTime _time = new();
    private readonly Someone _someone = new();
    private OperatorStore _operators = null!;
    private OperatorSessions _sessions = null!;

    public async ValueTask InitializeAsync()
    {
        _operators = new(_store.Database, _time);
        _sessions = new(new OperatorSessionStore(_store.Database, _time), _time);
        await _operators.AddAsync(new("mara", Roles.Admin, "-"), new(AuditActions.Joined, "test"));
        var mara = await _operators.FindAsync("mara", TestContext.Current.CancellationToken);
        _someone.Is = OperatorPrincipal.Create(mara!, (await _sessions.BeginAsync(new DefaultHttpContext(), mara!, new(AuditActions.SignedIn, "mara")))!);
    }

    [Fact]
    public async Task Circuit_ends_and_rejects_input_after_its_session_has_ended()
    {
        using var rights = await OpenAsync();
        Assert.True(await IsHeardAsync(rights));
        await _sessions.EndAllAsync(1, new(AuditActions.SignedOutEverywhere, "test"));
        Assert.False(await IsHeardAsync(rights));
        Assert.True(rights.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Circuit_of_an_operator_who_signs_out_ends_and_rejects_input()
    {
        using var rights = await OpenAsync();
        _someone.Become(new());
        Assert.True(rights.Ended.IsCancellationRequested);
        Assert.False(await IsHeardAsync(rights));
    }

    [Fact]
    public async Task Circuit_that_was_anonymous_from_the_start_accepts_input()
    {
        _someone.Is = new();
        using var rights = await OpenAsync();
        Assert.True(await IsHeardAsync(rights));
    }

    [Fact]
    public async Task Circuit_stays_open_when_another_session_ends()
    {
        var (other, mara) = (new OperatorSessionStore(_store.Database, _time), await _operators.FindAsync("mara", TestContext.Current.CancellationToken));
        await other.AddAsync(new("other", mara!.Id, _time.GetUtcNow(), null, null), mara, null, new(AuditActions.SignedIn, "mara"));
        using var rights = await OpenAsync();
        Assert.True(await _sessions.EndAsync("other", mara.Id, new(AuditActions.SignedOut, "mara")));
        Assert.True(await IsHeardAsync(rights));
    }

    [Fact]
    public async Task Circuit_opened_after_its_session_has_ended_rejects_input()
    {
        await _sessions.EndAllAsync(1, new(AuditActions.SignedOutEverywhere, "test"));
        using var rights = await OpenAsync();
        Assert.False(await IsHeardAsync(rights));
    }

    [Fact]
    public async Task Circuit_input_does_not_wait_for_the_store()
    {
        var store = new HeldBackStore(new OperatorSessionStore(_store.Database, _time));
        _sessions = new(store, _time);
        using var rights = await OpenAsync();
        store.IsHeldBack = true;
        _time.Advance(OperatorSessions.Trust);
        Assert.True(IsHeardAsync(rights) is { IsCompletedSuccessfully: true, Result: true });
    }

    [Fact]
    public async Task Circuit_opens_when_the_session_store_is_unavailable()
    {
        using (var connection = _store.Source.OpenConnection()) connection.Execute("ALTER TABLE operator_sessions RENAME TO elsewhere");
        using var rights = await OpenAsync();
        Assert.True(await IsHeardAsync(rights));
    }

    [Fact]
    public async Task Anonymous_circuit_stays_anonymous_when_an_operator_connects_to_it()
    {
        var mara = _someone.Is;
        _someone.Is = new();
        using var rights = await OpenAsync();
        _someone.Become(mara);
        Assert.Null(OperatorPrincipal.Read(_someone.Is));
        Assert.True(await IsHeardAsync(rights));
    }

    [Fact]
    public async Task A_circuit_ends_when_another_session_connects_to_it()
    {
        var mara = await _operators.FindAsync("mara", TestContext.Current.CancellationToken);
        using var rights = await OpenAsync();
        _someone.Become(OperatorPrincipal.Create(mara!, "another"));
        Assert.False(await IsHeardAsync(rights));
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return default;
    }

    private async Task<CircuitRights> OpenAsync()
    {
        var rights = new CircuitRights(_someone, _sessions);
        await rights.OnCircuitOpenedAsync(null!, TestContext.Current.CancellationToken);
        return rights;
    }

    private static async Task<bool> IsHeardAsync(CircuitRights rights)
    {
        var isHeard = false;
        await rights.CreateInboundActivityHandler(_ =>
        {
            isHeard = true;
            return Task.CompletedTask;
        })(null!);
        return isHeard;
    }

    private sealed class Someone : AuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider
    {
        public System.Security.Claims.ClaimsPrincipal Is { get; set; } = new();

        public void SetAuthenticationState(Task<AuthenticationState> authenticationStateTask) => Become(authenticationStateTask.Result.User);

        public void Become(System.Security.Claims.ClaimsPrincipal other)
        {
            Is = other;
            NotifyAuthenticationStateChanged(GetAuthenticationStateAsync());
        }

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(Is));
    }

    /// <summary>Answers, once it is held back, no more.</summary>
    private sealed class HeldBackStore(IOperatorSessionStore store) : IOperatorSessionStore
    {
        public bool IsHeldBack { get; set; }

        public Task<bool> AddAsync(OperatorSession session, Operator signedIn, string? previous, AuditEntry audit) => store.AddAsync(session, signedIn, previous, audit);

        public Task<OperatorSession?> FindAsync(string id, CancellationToken cancellation) => IsHeldBack ? new TaskCompletionSource<OperatorSession?>().Task : store.FindAsync(id, cancellation);

        public Task<IReadOnlyList<OperatorSession>> ListAsync(long operatorId, CancellationToken cancellation) => store.ListAsync(operatorId, cancellation);

        public Task RecordUseAsync(string id, string? address) => store.RecordUseAsync(id, address);

        public Task<bool> EndAsync(string id, long operatorId, AuditEntry audit) => store.EndAsync(id, operatorId, audit);

        public Task EndAllAsync(long operatorId, AuditEntry audit) => store.EndAllAsync(operatorId, audit);
    }
}
