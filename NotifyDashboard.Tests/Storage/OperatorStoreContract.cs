using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store of operators, whatever its database.</summary>
public abstract class OperatorStoreContract : StoreContract
{
    private static readonly AuditEntry SetUp = new(AuditActions.SetUp, "set-up link", "mara");
    private static readonly AuditEntry Change = new(AuditActions.RoleChanged, "tester");

    private protected override IReadOnlyList<Func<Task>> Uses =>
    [
        () => Operators.AddFirstAsync(new("mara", Roles.Admin, "hash"), Key(1), SetUp),
        () => Operators.AddAsync(new("theo", Roles.Admin, "hash"), Change),
        () => Operators.AnyAsync(Cancellation),
        () => Operators.FindAsync("mara", Cancellation),
        () => Operators.ListAsync(Cancellation),
        () => Operators.ChangeRoleAsync(1, Roles.Sender, Change),
        () => Operators.ChangePasswordAsync(1, "hash", "other", Change),
        () => Operators.DisableAsync(1, Change),
        () => Operators.EnableAsync(1, Change),
    ];

    [Fact]
    public async Task First_operator_is_added_with_the_first_key_and_only_while_there_is_no_operator()
    {
        Assert.False(await Operators.AnyAsync(Cancellation));
        var first = await Operators.AddFirstAsync(new("Mara", Roles.Admin, "hash"), Key(1), SetUp);
        Assert.Equal(await FindOperatorAsync("mara"), first);
        Assert.Equal(("Mara", Roles.Admin, "hash", false), (first!.Name, first.Role, first.PasswordHash, first.IsDisabled));
        Assert.True(await Operators.AnyAsync(Cancellation));
        Assert.Null(await Operators.AddFirstAsync(new("eve", Roles.Admin, "hash"), Key(2), SetUp));
        Assert.Null(await Operators.FindAsync("eve", Cancellation));
        Assert.NotNull(await Keys.FindAsync([1], Cancellation));
        Assert.Null(await Keys.FindAsync([2], Cancellation));
        Assert.Equal([SetUp], await AuditedAsync());
    }

    [Fact]
    public async Task Concurrent_set_ups_add_one_first_operator()
    {
        var made = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Operators.AddFirstAsync(new($"m{i}", Roles.Admin, "hash"), Key((byte)i), SetUp)));
        Assert.Single(made, one => one is not null);
        Assert.Single(await Operators.ListAsync(Cancellation));
        Assert.Single(await Keys.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Name_is_unique_whatever_its_case_and_the_encoding_of_its_accents()
    {
        await AddOperatorAsync("Jürgen");
        Assert.Equal("Jürgen", (await FindOperatorAsync("JU\u0308RGEN")).Name);
        Assert.False(await Operators.AddAsync(new("jürgen", Roles.Viewer, "other"), Change));
        Assert.Equal((Roles.Admin, "hash"), ((await FindOperatorAsync("Jürgen")).Role, (await FindOperatorAsync("Jürgen")).PasswordHash));
        Assert.Null(await Operators.FindAsync("Jurgen", Cancellation));
        Assert.DoesNotContain(Change, await AuditedAsync());
    }

    [Fact]
    public async Task List_is_ordered_by_name_and_has_the_times()
    {
        await AddOperatorAsync("Zoe");
        Time.Advance(TimeSpan.FromDays(1));
        var (bo, made) = (await AddOperatorAsync("bo", Roles.Viewer), Time.GetUtcNow());
        await AddOperatorAsync("Anna");
        Time.Advance(TimeSpan.FromDays(1));
        await Operators.DisableAsync(bo.Id, Change);
        var disabled = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromDays(1));
        Assert.False(await Operators.DisableAsync(bo.Id, Change));
        var list = await Operators.ListAsync(Cancellation);
        Assert.Equal(["Anna", "bo", "Zoe"], list.Select(one => one.Name));
        Assert.Equal(new(bo.Id, "bo", Roles.Viewer, made, null, disabled), list[1]);
        Assert.Null(list[0].DisabledAt);
    }

    [Theory]
    [InlineData(Roles.Sender, false)]
    [InlineData(Roles.Viewer, false)]
    [InlineData(Roles.Admin, true)]
    public async Task Last_admin_is_neither_disabled_nor_demoted(string role, bool disabled)
    {
        var (mara, other) = (await AddOperatorAsync("mara"), await AddOperatorAsync("other", role));
        if (disabled) Assert.True(await Operators.DisableAsync(other.Id, new(AuditActions.Disabled, "tester")));
        Assert.False(await Operators.DisableAsync(mara.Id, Change));
        Assert.False(await Operators.ChangeRoleAsync(mara.Id, Roles.Sender, Change));
        Assert.Equal(mara, await FindOperatorAsync("mara"));
        Assert.DoesNotContain(Change, await AuditedAsync());
    }

    [Fact]
    public async Task Admin_is_disabled_or_demoted_while_there_is_another()
    {
        var (mara, bo, theo) = (await AddOperatorAsync("mara"), await AddOperatorAsync("bo"), await AddOperatorAsync("theo"));
        Assert.True(await Operators.DisableAsync(mara.Id, Change));
        Assert.True(await Operators.ChangeRoleAsync(bo.Id, Roles.Viewer, Change));
        Assert.Equal((mara with { IsDisabled = true }, bo with { Role = Roles.Viewer }), (await FindOperatorAsync("mara"), await FindOperatorAsync("bo")));
        await Operators.EnableAsync(mara.Id, Change);
        Assert.Equal((mara, theo), (await FindOperatorAsync("mara"), await FindOperatorAsync("theo")));
    }

    [Fact]
    public async Task Two_admins_who_disable_or_demote_each_other_concurrently_leave_one_admin()
    {
        var (mara, bo) = (await AddOperatorAsync("mara"), await AddOperatorAsync("bo"));
        for (var i = 0; i < 10; i++)
        {
            var done = await Task.WhenAll(Operators.DisableAsync(bo.Id, Change), Operators.ChangeRoleAsync(mara.Id, Roles.Viewer, Change));
            Assert.Single(done, one => one);
            await Operators.EnableAsync(bo.Id, Change);
            await Operators.ChangeRoleAsync(mara.Id, Roles.Admin, Change);
        }
    }

    [Fact]
    public async Task Change_without_effect_is_not_audited()
    {
        var mara = await AddOperatorAsync("mara");
        await Operators.EnableAsync(mara.Id, Change);
        await Operators.EnableAsync(mara.Id + 1, Change);
        Assert.False(await Operators.DisableAsync(mara.Id + 1, Change));
        Assert.False(await Operators.ChangeRoleAsync(mara.Id + 1, Roles.Admin, Change));
        Assert.DoesNotContain(Change, await AuditedAsync());
    }

    [Fact]
    public async Task Password_changes_only_from_the_old_one_and_while_the_operator_is_enabled()
    {
        var (_, bo) = (await AddOperatorAsync("mara"), await AddOperatorAsync("bo"));
        Assert.False(await ChangeAsync("Hash", "thief's"));
        Assert.True(await ChangeAsync("hash", "new"));
        Assert.False(await ChangeAsync("hash", "thief's"));
        await Operators.DisableAsync(bo.Id, new(AuditActions.Disabled, "tester"));
        Assert.False(await ChangeAsync("new", "newer"));
        Assert.Equal(("new", "hash"), ((await FindOperatorAsync("bo")).PasswordHash, (await FindOperatorAsync("mara")).PasswordHash));
        Assert.Single(await AuditedAsync(AuditActions.PasswordChanged));

        Task<bool> ChangeAsync(string old, string hash) => Operators.ChangePasswordAsync(bo.Id, old, hash, new(AuditActions.PasswordChanged, "bo"));
    }

    [Theory]
    [InlineData("role")]
    [InlineData("password")]
    [InlineData("disable")]
    [InlineData("enable")]
    public async Task Change_requested_in_an_ended_session_is_rolled_back(string change)
    {
        var (_, bo) = (await AddOperatorAsync("mara"), await AddOperatorAsync("bo"));
        if (change == "enable") await Operators.DisableAsync(bo.Id, Change);
        var (before, entry) = (await FindOperatorAsync("bo"), new AuditEntry(AuditActions.Enabled, new Actor("mara") { Session = "ended" }));
        await Assert.ThrowsAsync<SessionEndedException>(() => change switch
        {
            "role" => Operators.ChangeRoleAsync(bo.Id, Roles.Viewer, entry),
            "password" => Operators.ChangePasswordAsync(bo.Id, "hash", "other", entry),
            "disable" => Operators.DisableAsync(bo.Id, entry),
            _ => Operators.EnableAsync(bo.Id, entry),
        });
        Assert.Equal(before, await FindOperatorAsync("bo"));
    }

    private static NewApiKey Key(byte hash) => new("first", [hash], ApiKeyOrigins.SetUp, Actions.All, ["*"]);
}
