using Dapper;
using Microsoft.AspNetCore.Components.Authorization;
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
    private OperatorStamps _stamps = null!;

    public async ValueTask InitializeAsync()
    {
        _operators = new(_store.Source, _store.Writer, _time);
        _stamps = new(_operators, _time);
        await _operators.AddAsync(new("mara", Roles.Admin, "-", "stamp"), new(AuditActions.Joined, "test"));
        _someone.Is = OperatorPrincipal.Create((await _operators.FindAsync("mara", TestContext.Current.CancellationToken))!);
    }

    [Fact]
    public async Task With_another_stamp_nothing_is_heard_any_more_and_what_runs_ends()
    {
        using var rights = await OpenAsync();
        Assert.True(await IsHeardAsync(rights));
        await _operators.ReplaceStampAsync(1, "another", new(AuditActions.SignedOutEverywhere, "test"));
        _stamps.Forget(1);
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
    public async Task A_store_that_is_away_ends_no_page()
    {
        using var rights = await OpenAsync();
        await using (var connection = await _store.Source.OpenConnectionAsync(TestContext.Current.CancellationToken)) connection.Execute("ALTER TABLE operators RENAME TO elsewhere");
        _time.Advance(OperatorStamps.Trust);
        Assert.True(await IsHeardAsync(rights));
        Assert.False(rights.Ended.IsCancellationRequested);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return default;
    }

    private async Task<CircuitRights> OpenAsync()
    {
        var rights = new CircuitRights(_someone, _stamps);
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
