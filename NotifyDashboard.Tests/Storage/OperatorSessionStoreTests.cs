using System.Net;
using Microsoft.AspNetCore.Http;
using NotifyDashboard.Access;
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

    private OperatorStore Operators => new(_store.Source, _store.Writer, _time);

    public async ValueTask InitializeAsync()
    {
        _sessions = new(_store.Source, _store.Writer, _time);
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
            "password" => Operators.SetPasswordAsync(_mara.Id, "another", audit),
            _ => Operators.DisableAsync(_mara.Id, audit),
        });
        Assert.Null(await _sessions.FindAsync("a", Cancellation));
        Assert.False(await AddAsync("b"));
        Assert.Empty(await _sessions.ListAsync(_mara.Id, Cancellation));
    }

    [Fact]
    public async Task What_nobody_used_for_the_lifetime_of_a_cookie_goes_with_the_next_sign_in()
    {
        await AddAsync("old");
        await AddAsync("used");
        _time.Advance(OperatorCookie.Lifetime);
        await _sessions.NoteSeenAsync("used", "10.0.0.9");
        _time.Advance(TimeSpan.FromMinutes(1));
        await AddAsync("new");
        var left = await _sessions.ListAsync(_mara.Id, Cancellation);
        Assert.Equal(["new", "used"], left.Select(session => session.Id));
        Assert.Equal("10.0.0.9", left[1].Address);
    }

    [Fact]
    public async Task Whoever_signs_in_again_and_again_keeps_the_last_hundred()
    {
        for (var i = 0; i < OperatorSessionStore.MaxOfOne + 3; i++)
        {
            await AddAsync($"{i}");
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        var left = await _sessions.ListAsync(_mara.Id, Cancellation);
        Assert.Equal(OperatorSessionStore.MaxOfOne, left.Count);
        Assert.Equal("3", left[^1].Id);
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

    private Task<bool> AddAsync(string id) => _sessions.AddAsync(new(id, _mara.Id, _time.GetUtcNow(), _time.GetUtcNow(), "10.0.0.1", null), _mara, null, SignedIn);

    private async Task<(long, string?)> SeenAsync()
    {
        var session = await _sessions.FindAsync("a", Cancellation);
        return (session!.SeenAt.ToUnixTimeMilliseconds(), session.Address);
    }
}
