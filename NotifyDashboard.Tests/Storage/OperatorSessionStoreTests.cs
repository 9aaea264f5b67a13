using System.Net;
using Dapper;
using Microsoft.AspNetCore.Http;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

public sealed class OperatorSessionStoreTests : IAsyncLifetime
{
    private static readonly AuditEntry SignedIn = new(AuditActions.SignedIn, "mara");

    private readonly SqliteStore _store = new();
    private readonly SettableTime _time = new();
    private OperatorSessionStore _sessions = null!;
    private Operator _mara = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private OperatorStore Operators => new(_store.Database, _time);

    public async ValueTask InitializeAsync()
    {
        _sessions = new(_store.Database, _time);
        await Operators.AddAsync(new("mara", Roles.Admin, "hash"), new(AuditActions.Joined, "test"));
        _mara = (await Operators.FindAsync("mara", Cancellation))!;
    }

    [Theory]
    [InlineData("role")]
    [InlineData("password")]
    [InlineData("disabled")]
    public async Task What_changes_rights_ends_every_session_and_keeps_one_from_beginning(string change)
    {
        await Operators.AddAsync(new("theo", Roles.Admin, "hash"), new(AuditActions.Joined, "test"));
        Assert.True(await AddAsync("a"));
        var audit = new AuditEntry(AuditActions.RoleChanged, "test");
        await (change switch
        {
            "role" => Operators.ChangeRoleAsync(_mara.Id, Roles.Viewer, audit),
            "password" => Operators.ChangePasswordAsync(_mara.Id, "hash", "another", audit),
            _ => Operators.DisableAsync(_mara.Id, audit),
        });
        Assert.Null(await _sessions.FindAsync("a", Cancellation));
        Assert.False(await AddAsync("b"));
        Assert.Empty(await _sessions.ListAsync(_mara.Id, Cancellation));
    }

    [Fact]
    public async Task Sign_in_deletes_sessions_unused_for_the_lifetime_of_a_cookie()
    {
        await AddAsync("old");
        await AddAsync("used");
        _time.Advance(OperatorCookie.Lifetime);
        await _sessions.RecordUseAsync("used", "10.0.0.9");
        _time.Advance(TimeSpan.FromMinutes(1));
        await AddAsync("new");
        var left = await _sessions.ListAsync(_mara.Id, Cancellation);
        Assert.Equal(["new", "used"], left.Select(session => session.Id));
        Assert.Equal("10.0.0.9", left[1].Address);
    }

    [Fact]
    public async Task Sign_in_keeps_the_hundred_sessions_used_last()
    {
        for (var i = 0; i < OperatorSessionStore.MaxPerOperator + 3; i++)
        {
            await AddAsync($"{i}");
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        var left = await _sessions.ListAsync(_mara.Id, Cancellation);
        Assert.Equal(OperatorSessionStore.MaxPerOperator, left.Count);
        Assert.Equal("3", left[^1].Id);
    }

    [Fact]
    public async Task Password_that_was_reset_meanwhile_is_not_changed_back()
    {
        Assert.True(await Operators.ChangePasswordAsync(_mara.Id, "hash", "by the link", new(AuditActions.PasswordChanged, "mara")));
        Assert.False(await Operators.ChangePasswordAsync(_mara.Id, "hash", "the thief's", new(AuditActions.PasswordChanged, "mara")));
        Assert.Equal("by the link", (await Operators.FindAsync("mara", Cancellation))!.PasswordHash);
    }

    [Fact]
    public async Task What_is_asked_for_in_a_session_that_has_ended_changes_nothing()
    {
        await AddAsync("a");
        var mara = new Actor("mara", "10.0.0.1") { Session = "a" };
        await Operators.AddAsync(new("theo", Roles.Admin, "hash"), new(AuditActions.Joined, mara));
        // One's own session may end with the act.
        await _sessions.EndAllAsync(_mara.Id, new(AuditActions.SignedOutEverywhere, mara, "mara"));
        await Assert.ThrowsAsync<SessionEndedException>(() => Operators.AddAsync(new("eve", Roles.Admin, "hash"), new(AuditActions.Joined, mara)));
        var links = new OneTimeLinkStore(_store.Database, _time);
        await Assert.ThrowsAsync<SessionEndedException>(() => links.AddAsync(new(OneTimeLinkPurposes.Invite, [1], Roles.Admin, null, "mara"), new(AuditActions.Invited, mara)));
        Assert.Equal(["mara", "theo"], (await Operators.ListAsync(Cancellation)).Select(one => one.Name));
        Assert.Empty(await links.ListInvitationsAsync(Cancellation));
    }

    [Fact]
    public async Task Sign_out_counts_though_the_store_takes_no_writes()
    {
        var sessions = new OperatorSessions(_sessions, _time);
        await AddAsync("a");
        var user = OperatorPrincipal.Create(_mara, "a");
        Assert.True(await sessions.IsOpenAsync(user, null, Cancellation));
        using (var connection = _store.Source.OpenConnection()) connection.Execute("ALTER TABLE audit RENAME TO elsewhere");
        Assert.True(await sessions.EndAsync("a", _mara.Id, new(AuditActions.SignedOut, "mara")));
        Assert.False(await sessions.IsOpenAsync(user, null, Cancellation));
        using (var connection = _store.Source.OpenConnection()) connection.Execute("ALTER TABLE elsewhere RENAME TO audit");
        Assert.False(await sessions.IsOpenAsync(user, null, Cancellation));
        Assert.Null(await _sessions.FindAsync("a", Cancellation));
    }

    [Fact]
    public async Task A_session_takes_the_place_of_the_one_that_the_browser_had()
    {
        var (sessions, ended) = (new OperatorSessions(_sessions, _time), new List<SessionsEnded>());
        sessions.Ended += ended.Add;
        await AddAsync("a");
        var id = await sessions.BeginAsync(new DefaultHttpContext { User = OperatorPrincipal.Create(_mara, "a") }, _mara, SignedIn);
        Assert.Equal(id, Assert.Single(await _sessions.ListAsync(_mara.Id, Cancellation)).Id);
        Assert.Equal([new(_mara.Id, "a")], ended);
    }

    [Fact]
    public async Task A_look_every_few_minutes_notes_when_and_where_it_was_seen()
    {
        var sessions = new OperatorSessions(_sessions, _time);
        await AddAsync("a");
        var user = OperatorPrincipal.Create(_mara, "a");
        var began = await SeenAsync();
        _time.Advance(OperatorSessions.Trust);
        Assert.True(await sessions.IsOpenAsync(user, IPAddress.Parse("10.0.0.9"), Cancellation));
        Assert.Equal(began, await SeenAsync());
        foreach (var address in new[] { IPAddress.Parse("10.0.0.9"), null })
        {
            _time.Advance(OperatorSessions.SeenEvery);
            Assert.True(await sessions.IsOpenAsync(user, address, Cancellation));
            Assert.Equal((_time.GetUtcNow().ToUnixTimeMilliseconds(), "10.0.0.9"), await SeenAsync());
        }
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return default;
    }

    private Task<bool> AddAsync(string id) => _sessions.AddAsync(new(id, _mara.Id, _time.GetUtcNow(), "10.0.0.1", null), _mara, null, SignedIn);

    private async Task<(long, string?)> SeenAsync()
    {
        var session = await _sessions.FindAsync("a", Cancellation);
        return (session!.SeenAt.ToUnixTimeMilliseconds(), session.Address);
    }
}
