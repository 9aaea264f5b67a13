using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store of one-time links, whatever its database.</summary>
public abstract class OneTimeLinkStoreContract : StoreContract
{
    private static readonly AuditEntry Made = new(AuditActions.Invited, "mara");
    private static readonly AuditEntry Revoked = new(AuditActions.InvitationRevoked, "mara");
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private Operator _mara = null!;

    private protected override IReadOnlyList<Func<Task>> Uses =>
    [
        () => InviteAsync(1),
        () => Links.FindAsync(OneTimeLinkPurposes.Invite, [1], Cancellation),
        () => Links.ListInvitationsAsync(Cancellation),
        () => JoinAsync(1),
        () => Links.ResetAsync([1], "new", null),
        () => Links.RevokeAsync(1, Revoked),
    ];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _mara = await AddOperatorAsync("mara");
    }

    [Fact]
    public async Task Invitation_makes_one_operator_of_its_role()
    {
        await InviteAsync(1, Roles.Sender);
        var joined = await Links.JoinAsync([1], "Bo", "bo's", "10.0.0.1");
        Assert.Equal(await FindOperatorAsync("bo"), joined.Joined);
        Assert.Equal(("Bo", Roles.Sender, "bo's", false), (joined.Joined!.Name, joined.Joined.Role, joined.Joined.PasswordHash, joined.IsNameTaken));
        Assert.Equal(new(AuditActions.Joined, new("Bo", "10.0.0.1"), "Bo", "as sender, invited by mara"), (await AuditedAsync())[0]);
        Assert.Equal(default, await JoinAsync(1, "eve"));
        Assert.True((await Links.FindAsync(OneTimeLinkPurposes.Invite, [1], Cancellation))!.IsEnded);
        Assert.Equal(2, (await Operators.ListAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task One_invitation_used_concurrently_adds_one_operator()
    {
        await InviteAsync(1);
        var joined = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => JoinAsync(1, $"bo {i}")));
        Assert.Single(joined, outcome => outcome.Joined is not null);
        Assert.Equal(2, (await Operators.ListAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task Invitation_stays_usable_when_the_chosen_name_is_taken()
    {
        await InviteAsync(1);
        Assert.Equal(new(null, IsNameTaken: true), await JoinAsync(1, "MARA"));
        Assert.Equal(_mara, await FindOperatorAsync("mara"));
        Assert.NotNull((await JoinAsync(1, "bo")).Joined);
    }

    [Fact]
    public async Task Link_works_until_it_expires()
    {
        await InviteAsync(1);
        await InviteAsync(2);
        Time.Advance(OneTimeLinkPurposes.Lifetime(OneTimeLinkPurposes.Invite) - Moment);
        Assert.NotNull((await JoinAsync(1)).Joined);
        await ResetLinkAsync(3, _mara.Id);
        Time.Advance(Moment);
        Assert.Equal(default, await JoinAsync(2, "eve"));
        Time.Advance(OneTimeLinkPurposes.Lifetime(OneTimeLinkPurposes.Reset) - Moment);
        Assert.Equal(Time.GetUtcNow(), (await Links.FindAsync(OneTimeLinkPurposes.Reset, [3], Cancellation))!.ExpiresAt);
        Assert.Null(await Links.ResetAsync([3], "new", null));
    }

    [Fact]
    public async Task Link_works_only_while_its_maker_is_an_enabled_admin_or_the_command_line()
    {
        var bo = await AddOperatorAsync("bo");
        await AddOperatorAsync("sender", Roles.Sender);
        await Operators.DisableAsync(bo.Id, Made);
        foreach (var (i, maker) in new[] { "bo", "sender", "ghost", "Mara" }.Index())
        {
            await InviteAsync((byte)i, by: maker);
            await ResetLinkAsync((byte)(10 + i), _mara.Id, maker);
            Assert.Equal(default, await JoinAsync((byte)i));
            Assert.Null(await Links.ResetAsync([(byte)(10 + i)], "new", null));
        }
        await Operators.EnableAsync(bo.Id, Made);
        Assert.NotNull((await JoinAsync(0, "eve")).Joined);
        await InviteAsync(20, by: Actor.CommandLine.Name);
        Assert.NotNull((await JoinAsync(20, "theo")).Joined);
    }

    [Theory]
    [InlineData("role")]
    [InlineData("password")]
    [InlineData("disable")]
    [InlineData("sign out")]
    public async Task Links_end_for_good_with_the_sessions_of_their_maker(string change)
    {
        var bo = await AddOperatorAsync("bo");
        await InviteAsync(1, by: "bo");
        await InviteAsync(2);
        await (change switch
        {
            "role" => Operators.ChangeRoleAsync(bo.Id, Roles.Viewer, Made),
            "password" => Operators.ChangePasswordAsync(bo.Id, "hash", "new", Made),
            "disable" => Operators.DisableAsync(bo.Id, Made),
            _ => Sessions.EndAllAsync(bo.Id, Made),
        });
        if (change == "role") await Operators.ChangeRoleAsync(bo.Id, Roles.Admin, Made);
        await Operators.EnableAsync(bo.Id, Made);
        Assert.Equal(default, await JoinAsync(1));
        Assert.NotNull((await JoinAsync(2)).Joined);
    }

    [Fact]
    public async Task Reset_sets_the_password_once_and_ends_the_operators_sessions_and_links()
    {
        await Sessions.AddAsync(new("a", _mara.Id, Time.GetUtcNow(), null, null), _mara, null, Made);
        await InviteAsync(1);
        await ResetLinkAsync(2, _mara.Id);
        Assert.Equal(_mara with { PasswordHash = "new" }, await Links.ResetAsync([2], "new", "10.0.0.1"));
        Assert.Equal(new(AuditActions.PasswordReset, new("mara", "10.0.0.1"), "mara", "by a link that mara made"), (await AuditedAsync())[0]);
        Assert.Null(await Links.ResetAsync([2], "thief's", null));
        Assert.Equal("new", (await FindOperatorAsync("mara")).PasswordHash);
        Assert.Null(await Sessions.FindAsync("a", Cancellation));
        Assert.Equal(default, await JoinAsync(1));
    }

    [Fact]
    public async Task Reset_link_ends_only_earlier_ones_of_the_same_operator()
    {
        var bo = await AddOperatorAsync("bo");
        await InviteAsync(1);
        await ResetLinkAsync(2, bo.Id);
        await ResetLinkAsync(3, _mara.Id);
        await ResetLinkAsync(4, _mara.Id);
        Assert.Null(await Links.ResetAsync([3], "new", null));
        Assert.NotNull((await JoinAsync(1, "eve")).Joined);
        Assert.NotNull(await Links.ResetAsync([2], "new", null));
        Assert.NotNull(await Links.ResetAsync([4], "new", null));
    }

    [Fact]
    public async Task Link_works_only_for_its_own_purpose()
    {
        await InviteAsync(1);
        await ResetLinkAsync(2, _mara.Id);
        Assert.Null(await Links.FindAsync(OneTimeLinkPurposes.Reset, [1], Cancellation));
        Assert.Null(await Links.ResetAsync([1], "new", null));
        Assert.Equal(default, await JoinAsync(2));
        var invitation = await Links.FindAsync(OneTimeLinkPurposes.Invite, [1], Cancellation);
        var reset = await Links.FindAsync(OneTimeLinkPurposes.Reset, [2], Cancellation);
        Assert.Equal(new(invitation!.Id, "invite", Roles.Viewer, null, null, "mara", Expiry(OneTimeLinkPurposes.Invite), false), invitation);
        Assert.Equal(new(reset!.Id, "reset", null, _mara.Id, "mara", "mara", Expiry(OneTimeLinkPurposes.Reset), false), reset);

        DateTimeOffset Expiry(string purpose) => Time.GetUtcNow() + OneTimeLinkPurposes.Lifetime(purpose);
    }

    [Fact]
    public async Task Invitations_that_can_still_be_used_are_listed_newest_first()
    {
        await InviteAsync(1);
        Time.Advance(OneTimeLinkPurposes.Lifetime(OneTimeLinkPurposes.Invite));
        for (byte hash = 2; hash <= 5; hash++) await InviteAsync(hash, Roles.All[hash % 3]);
        await ResetLinkAsync(6, _mara.Id);
        await JoinAsync(2);
        var revoked = await Links.FindAsync(OneTimeLinkPurposes.Invite, [4], Cancellation);
        await Links.RevokeAsync(revoked!.Id, Revoked);
        await Links.RevokeAsync(revoked.Id, Revoked);
        Assert.Equal([Roles.All[5 % 3], Roles.All[3 % 3]], (await Links.ListInvitationsAsync(Cancellation)).Select(link => link.Role));
        Assert.Equal(default, await JoinAsync(4, "eve"));
        Assert.Single(await AuditedAsync(AuditActions.InvitationRevoked));
    }

    private Task InviteAsync(byte hash, string role = Roles.Viewer, string by = "mara") =>
        Links.AddAsync(new(OneTimeLinkPurposes.Invite, [hash], role, null, by), Made);

    private Task ResetLinkAsync(byte hash, long operatorId, string by = "mara") =>
        Links.AddAsync(new(OneTimeLinkPurposes.Reset, [hash], null, operatorId, by), Made);

    private Task<JoinOutcome> JoinAsync(byte hash, string name = "newcomer") => Links.JoinAsync([hash], name, "hash", null);
}
