using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

public sealed class OperatorChangesTests(SharedOperatorServer shared) : IClassFixture<SharedOperatorServer>
{
    private readonly string _bo = Names.New("bo");
    private HubServer _hub = shared.Hub;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IOperatorStore Operators => _hub.Services.GetRequiredService<IOperatorStore>();

    private OperatorChanges Changes => _hub.Services.GetRequiredService<OperatorChanges>();

    private IAuditLog Audit => _hub.Services.GetRequiredService<IAuditLog>();

    [Fact]
    public async Task Last_enabled_admin_cannot_be_demoted_or_disabled()
    {
        // No other test may make an admin here.
        await using var own = _hub = HubServer.Start(AccountPages.WithMara);
        var mara = await OneAsync("mara");
        Assert.False(await Changes.ChangeRoleAsync("mara", mara, Roles.Viewer));
        Assert.False(await Changes.DisableAsync("mara", mara));
        await AddAsync("bo", Roles.Admin);
        Assert.True(await Changes.DisableAsync("mara", await OneAsync("bo")));
        // A disabled admin is none.
        Assert.False(await Changes.ChangeRoleAsync("mara", mara, Roles.Viewer));
        Assert.DoesNotContain(await AuditAsync(AuditActions.RoleChanged), row => row.Entry.Target == "mara");
    }

    [Fact]
    public async Task Two_admins_who_disable_each_other_concurrently_leave_one_enabled()
    {
        await using var own = _hub = HubServer.Start(AccountPages.WithMara);
        await AddAsync("bo", Roles.Admin);
        var (mara, bo) = (await OneAsync("mara"), await OneAsync("bo"));
        var done = await Task.WhenAll(Changes.DisableAsync("bo", mara), Changes.DisableAsync("mara", bo));
        Assert.Equal(1, done.Count(d => d));
    }

    [Fact]
    public async Task A_disabled_operator_cannot_sign_in_and_can_again_when_enabled()
    {
        await AddAsync(_bo, Roles.Sender);
        await Changes.DisableAsync("mara", await OneAsync(_bo));
        using var refused = await _hub.Http.SignInAsync(_hub, _bo);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await Changes.EnableAsync("mara", await OneAsync(_bo));
        using var signedIn = await _hub.Http.SignInAsync(_hub, _bo);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.NotNull((await OneAsync(_bo)).LastSignedInAt);
    }

    [Fact]
    public async Task Audit_lists_operator_changes_newest_first()
    {
        await AddAsync(_bo, Roles.Viewer);
        await Changes.ChangeRoleAsync("mara", await OneAsync(_bo), Roles.Sender);
        await Changes.DisableAsync("mara", await OneAsync(_bo));
        var rows = await Audit.ReadAsync(new(Who: _bo.ToUpperInvariant()), Cancellation);
        Assert.Equal([AuditActions.Disabled, AuditActions.RoleChanged], rows.Take(2).Select(r => r.Entry.Action));
        Assert.Equal(("mara", _bo, "from viewer to sender"), (rows[1].Entry.Actor.Name, rows[1].Entry.Target, rows[1].Entry.Detail));
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'somebody else'")]
    [InlineData("DELETE FROM audit")]
    public async Task Audit_table_rejects_updates_and_deletes(string statement)
    {
        await using var connection = await _hub.Services.GetRequiredService<NotifyDashboard.Storage.Sqlite.SqliteDataSource>().OpenConnectionAsync(Cancellation);
        var error = Assert.Throws<SqliteException>(() => connection.Execute(statement));
        Assert.Contains("append-only", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(await Audit.ReadAsync(new(), Cancellation));
    }

    [Fact]
    public async Task Audit_records_refused_sign_ins_and_the_throttle_without_the_typed_values()
    {
        // Of the audit all is looked at.
        await using var own = _hub = HubServer.Start(AccountPages.WithMara);
        for (var i = 0; i < 6; i++) using (await _hub.Http.SignInAsync(_hub, "mara", "a wrong password")) { }
        using (await _hub.Http.SignInAsync(_hub, "my secret password", "x")) { }
        var rows = await Audit.ReadAsync(new(), Cancellation);
        Assert.Equal(5, rows.Count(r => r.Entry.Action == AuditActions.SignInRefused));
        Assert.Single(rows, r => r.Entry.Action == AuditActions.SlowedDown);
        Assert.DoesNotContain(rows, r => r.ToString().Contains("secret", StringComparison.Ordinal) || r.ToString().Contains("wrong", StringComparison.Ordinal));
        Assert.All(rows.Where(r => r.Entry.Action == AuditActions.SignInRefused), r => Assert.NotNull(r.Entry.Actor.Address));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("' OR 1=1 --")]
    public async Task Audit_filter_treats_SQL_wildcards_as_literal_text(string who) => Assert.Empty(await Audit.ReadAsync(new(Who: who), Cancellation));

    private Task<bool> AddAsync(string name, string role) => Operators.AddAsync(
        new(name, role, _hub.Services.GetRequiredService<OperatorPasswords>().Hash(AccountPages.Password)), new(AuditActions.Joined, "test", name));

    private async Task<OperatorSummary> OneAsync(string name) => (await Operators.ListAsync(Cancellation)).Single(o => o.Name == name);

    private Task<IReadOnlyList<AuditRow>> AuditAsync(string action) => Audit.ReadAsync(new(action), Cancellation);
}
