using System.Net;
using Microsoft.AspNetCore.Http;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store of operators' sessions, whatever its database.</summary>
public abstract class OperatorSessionStoreContract : StoreContract
{
    private static readonly AuditEntry SignedIn = new(AuditActions.SignedIn, "mara");

    private Operator _mara = null!;

    private protected override IReadOnlyList<Func<Task>> Uses =>
    [
        () => AddAsync("a"),
        () => Sessions.FindAsync("a", Cancellation),
        () => Sessions.ListAsync(_mara.Id, Cancellation),
        () => Sessions.RecordUseAsync("a", "10.0.0.9"),
        () => Sessions.EndAsync("a", _mara.Id, new(AuditActions.SignedOut, "mara")),
        () => Sessions.EndAllAsync(_mara.Id, new(AuditActions.SignedOutEverywhere, "mara")),
    ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _mara = await AddOperatorAsync("mara");
    }

    [Theory]
    [InlineData("role")]
    [InlineData("password")]
    [InlineData("disabled")]
    public async Task Change_of_rights_ends_every_session_and_refuses_a_sign_in_that_began_before(string change)
    {
        await AddOperatorAsync("theo");
        Assert.True(await AddAsync("a"));
        var audit = new AuditEntry(AuditActions.RoleChanged, "test");
        await (change switch
        {
            "role" => Operators.ChangeRoleAsync(_mara.Id, Roles.Viewer, audit),
            "password" => Operators.ChangePasswordAsync(_mara.Id, "hash", "another", audit),
            _ => Operators.DisableAsync(_mara.Id, audit),
        });
        Assert.Null(await Sessions.FindAsync("a", Cancellation));
        Assert.False(await AddAsync("b"));
        Assert.Empty(await Sessions.ListAsync(_mara.Id, Cancellation));
    }

    [Fact]
    public async Task Session_is_found_as_added_and_the_sign_in_time_is_recorded()
    {
        var session = new OperatorSession("a", _mara.Id, Time.GetUtcNow(), "10.0.0.1", "Firefox 🎉");
        Assert.True(await Sessions.AddAsync(session, _mara, null, SignedIn));
        Assert.Equal(session, await Sessions.FindAsync("a", Cancellation));
        Assert.Null(await Sessions.FindAsync("A", Cancellation));
        Assert.Equal(Time.GetUtcNow(), Assert.Single(await Operators.ListAsync(Cancellation)).LastSignedInAt);
        Assert.Equal(SignedIn, (await AuditedAsync())[0]);
    }

    [Fact]
    public async Task Ending_sessions_of_one_operator_leaves_sessions_of_another()
    {
        var bo = await AddOperatorAsync("bo");
        await AddAsync("a");
        Assert.False(await Sessions.EndAsync("a", bo.Id, new(AuditActions.SignedOut, "bo")));
        await Sessions.EndAllAsync(bo.Id, new(AuditActions.SignedOutEverywhere, "bo"));
        Assert.NotNull(await Sessions.FindAsync("a", Cancellation));
        Assert.Empty(await AuditedAsync(AuditActions.SignedOut));
        Assert.True(await Sessions.EndAsync("a", _mara.Id, new(AuditActions.SignedOut, "mara")));
        Assert.Null(await Sessions.FindAsync("a", Cancellation));
    }

    [Fact]
    public async Task Sign_in_deletes_sessions_unused_for_the_lifetime_of_a_cookie()
    {
        await AddAsync("old");
        await AddAsync("used");
        Time.Advance(OperatorCookie.Lifetime);
        await Sessions.RecordUseAsync("used", "10.0.0.9");
        Time.Advance(TimeSpan.FromMinutes(1));
        await AddAsync("new");
        var left = await Sessions.ListAsync(_mara.Id, Cancellation);
        Assert.Equal(["new", "used"], left.Select(session => session.Id));
        Assert.Equal("10.0.0.9", left[1].Address);
    }

    [Fact]
    public async Task Sign_in_keeps_the_hundred_sessions_used_last()
    {
        for (var i = 0; i < OperatorSessionStore.MaxPerOperator + 3; i++)
        {
            await AddAsync($"{i}");
            Time.Advance(TimeSpan.FromSeconds(1));
        }
        var left = await Sessions.ListAsync(_mara.Id, Cancellation);
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
    public async Task Request_in_an_ended_session_changes_nothing()
    {
        await AddAsync("a");
        var mara = new Actor("mara", "10.0.0.1") { Session = "a" };
        await Operators.AddAsync(new("theo", Roles.Admin, "hash"), new(AuditActions.Joined, mara));
        // An operator's own session may end with the change.
        await Sessions.EndAllAsync(_mara.Id, new(AuditActions.SignedOutEverywhere, mara, "mara"));
        await Assert.ThrowsAsync<SessionEndedException>(() => Operators.AddAsync(new("eve", Roles.Admin, "hash"), new(AuditActions.Joined, mara)));
        await Assert.ThrowsAsync<SessionEndedException>(() => Links.AddAsync(new(OneTimeLinkPurposes.Invite, [1], Roles.Admin, null, "mara"), new(AuditActions.Invited, mara)));
        Assert.Equal(["mara", "theo"], (await Operators.ListAsync(Cancellation)).Select(one => one.Name));
        Assert.Empty(await Links.ListInvitationsAsync(Cancellation));
    }

    [Fact]
    public async Task Sign_out_counts_while_the_store_accepts_no_writes()
    {
        var sessions = new OperatorSessions(Sessions, Time);
        await AddAsync("a");
        var user = OperatorPrincipal.Create(_mara, "a");
        Assert.True(await sessions.IsOpenAsync(user, null, Cancellation));
        await ExecuteAsync("ALTER TABLE audit RENAME TO elsewhere");
        Assert.True(await sessions.EndAsync("a", _mara.Id, new(AuditActions.SignedOut, "mara")));
        Assert.False(await sessions.IsOpenAsync(user, null, Cancellation));
        await ExecuteAsync("ALTER TABLE elsewhere RENAME TO audit");
        Assert.False(await sessions.IsOpenAsync(user, null, Cancellation));
        Assert.Null(await Sessions.FindAsync("a", Cancellation));
    }

    [Fact]
    public async Task New_session_replaces_the_previous_one_of_the_browser()
    {
        var (sessions, ended) = (new OperatorSessions(Sessions, Time), new List<SessionsEnded>());
        sessions.Ended += ended.Add;
        await AddAsync("a");
        var id = await sessions.BeginAsync(new DefaultHttpContext { User = OperatorPrincipal.Create(_mara, "a") }, _mara, SignedIn);
        Assert.Equal(id, Assert.Single(await Sessions.ListAsync(_mara.Id, Cancellation)).Id);
        Assert.Equal([new(_mara.Id, "a")], ended);
    }

    [Fact]
    public async Task Use_of_a_session_is_recorded_with_time_and_address_every_few_minutes()
    {
        var sessions = new OperatorSessions(Sessions, Time);
        await AddAsync("a");
        var user = OperatorPrincipal.Create(_mara, "a");
        var began = await SeenAsync();
        Time.Advance(OperatorSessions.Trust);
        Assert.True(await sessions.IsOpenAsync(user, IPAddress.Parse("10.0.0.9"), Cancellation));
        Assert.Equal(began, await SeenAsync());
        foreach (var address in new[] { IPAddress.Parse("10.0.0.9"), null })
        {
            Time.Advance(OperatorSessions.SeenEvery);
            Assert.True(await sessions.IsOpenAsync(user, address, Cancellation));
            Assert.Equal((Time.GetUtcNow().ToUnixTimeMilliseconds(), "10.0.0.9"), await SeenAsync());
        }
    }

    private Task<bool> AddAsync(string id) => Sessions.AddAsync(new(id, _mara.Id, Time.GetUtcNow(), "10.0.0.1", null), _mara, null, SignedIn);

    private async Task<(long, string?)> SeenAsync()
    {
        var session = await Sessions.FindAsync("a", Cancellation);
        return (session!.SeenAt.ToUnixTimeMilliseconds(), session.Address);
    }
}
