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
        _operators = new(_store.Source, _store.Writer, _time);
        _sessions = new(new OperatorSessionStore(_store.Source, _store.Writer, _time), _time);
        await _operators.AddAsync(new("mara", Roles.Admin, "-"), new(AuditActions.Joined, "test"));
        var mara = await _operators.FindAsync("mara", TestContext.Current.CancellationToken);
        _someone.Is = OperatorPrincipal.Create(mara!, (await _sessions.BeginAsync(new DefaultHttpContext(), mara!, new(AuditActions.SignedIn, "mara")))!);
    }

    [Fact]
    public async Task Once_the_session_has_ended_nothing_is_heard_any_more_and_what_runs_ends()
    {
        using var rights = await OpenAsync();
        Assert.True(await IsHeardAsync(rights));
        await _sessions.EndAllAsync(1, new(AuditActions.SignedOutEverywhere, "test"));
        Assert.False(await IsHeardAsync(rights));
        Assert.True(rights.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Whoever_is_signed_out_does_not_go_on_as_nobody()
    {
        using var rights = await OpenAsync();
        _someone.Become(new());
        Assert.True(rights.Ended.IsCancellationRequested);
        Assert.False(await IsHeardAsync(rights));
    }

    [Fact]
    public async Task What_was_nobodys_from_the_start_is_heard()
    {
        _someone.Is = new();
        using var rights = await OpenAsync();
        Assert.True(await IsHeardAsync(rights));
    }

    [Fact]
    public async Task The_end_of_another_session_changes_nothing()
    {
        var (other, mara) = (new OperatorSessionStore(_store.Source, _store.Writer, _time), await _operators.FindAsync("mara", TestContext.Current.CancellationToken));
        await other.AddAsync(new("other", mara!.Id, _time.GetUtcNow(), _time.GetUtcNow(), null, null), mara, null, new(AuditActions.SignedIn, "mara"));
        using var rights = await OpenAsync();
        Assert.True(await _sessions.EndAsync("other", mara.Id, new(AuditActions.SignedOut, "mara")));
        Assert.True(await IsHeardAsync(rights));
    }

    [Fact]
    public async Task A_circuit_that_opens_behind_the_end_of_its_session_is_not_heard()
    {
        await _sessions.EndAllAsync(1, new(AuditActions.SignedOutEverywhere, "test"));
        using var rights = await OpenAsync();
        Assert.False(await IsHeardAsync(rights));
    }

    [Fact]
    public async Task What_is_heard_is_heard_at_once_and_so_in_its_order()
    {
        using var rights = await OpenAsync();
        _time.Advance(OperatorSessions.Trust);
        var isHeard = false;
        _ = rights.CreateInboundActivityHandler(_ =>
        {
            isHeard = true;
            return Task.CompletedTask;
        })(null!);
        Assert.True(isHeard);
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

    private sealed class Someone : AuthenticationStateProvider
    {
        public System.Security.Claims.ClaimsPrincipal Is { get; set; } = new();

        public void Become(System.Security.Claims.ClaimsPrincipal other)
        {
            Is = other;
            NotifyAuthenticationStateChanged(GetAuthenticationStateAsync());
        }

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(Is));
    }
}
