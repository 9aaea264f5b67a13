using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

/// <summary>A link does no more than whoever made it may do now.</summary>
public sealed class MakersOfLinksTests(SharedOperatorServer shared) : IClassFixture<SharedOperatorServer>
{
    private readonly string _eve = Names.New("eve");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private OperatorChanges Changes => shared.Hub.Services.GetRequiredService<OperatorChanges>();

    private IOperatorStore Operators => shared.Hub.Services.GetRequiredService<IOperatorStore>();

    [Theory]
    [InlineData("disable")]
    [InlineData("role")]
    [InlineData("sign out everywhere")]
    [InlineData("password")]
    public async Task When_an_operators_rights_change_their_links_end(string change)
    {
        var (eve, invitation, reset) = await MakeLinksAsync();
        switch (change)
        {
            case "disable": Assert.True(await Changes.DisableAsync("mara", eve)); break;
            case "role": Assert.True(await Changes.ChangeRoleAsync("mara", eve, Roles.Sender)); break;
            case "password": await Operators.ChangePasswordAsync(eve.Id, "-", "other", new(AuditActions.PasswordChanged, _eve, _eve)); break;
            default: await Changes.SignOutEverywhereAsync("mara", eve.Id, eve.Name); break;
        }
        // What has ended stays so, whatever comes back.
        if (change == "disable") await Changes.EnableAsync("mara", eve);
        if (change == "role") await Changes.ChangeRoleAsync("mara", await OneAsync(_eve), Roles.Admin);
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (await OpenAsync("join", invitation), await OpenAsync("reset-password", reset)));
        var links = shared.Hub.Services.GetRequiredService<IOneTimeLinkStore>();
        Assert.Null((await links.JoinAsync(OneTimeToken.Hash(invitation), Names.New("mallory"), "-", null)).Joined);
        Assert.Null(await links.ResetAsync(OneTimeToken.Hash(reset), "-", null));
    }

    [Fact]
    public async Task Link_made_by_an_operator_who_is_not_an_admin_is_refused()
    {
        var links = shared.Hub.Services.GetRequiredService<IOneTimeLinkStore>();
        await AddAsync(Roles.Sender);
        foreach (var maker in new[] { _eve, Names.New("ghost") })
        {
            var token = OneTimeToken.Create();
            await links.AddAsync(new(OneTimeLinkPurposes.Invite, OneTimeToken.Hash(token), Roles.Admin, null, maker), new(AuditActions.Invited, maker));
            Assert.Equal(default, await links.JoinAsync(OneTimeToken.Hash(token), Names.New("mallory"), "-", null));
        }
    }

    [Theory]
    [InlineData("command line")]
    [InlineData(" Command Line ")]
    [InlineData("nobody")]
    [InlineData("configuration")]
    public void Operator_name_reserved_by_the_hub_is_refused(string name) => Assert.Equal("This name is the hub's own. Take another.", OperatorName.FindError(name, out _));

    private async Task<(OperatorSummary Eve, string Invitation, string Reset)> MakeLinksAsync()
    {
        await AddAsync(Roles.Admin);
        var eve = await OneAsync(_eve);
        Actor by = new(_eve, "192.0.2.1");
        var victim = (await Operators.FindAsync("mara", Cancellation))!;
        var (invitation, reset) = (await Changes.InviteAsync(by, Roles.Admin), await Changes.MakeResetLinkAsync(by, victim.Id, victim.Name));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await OpenAsync("join", invitation), await OpenAsync("reset-password", reset)));
        return (eve, invitation, reset);
    }

    private Task<bool> AddAsync(string role) => Operators.AddAsync(new(_eve, role, "-"), new(AuditActions.Joined, "test", _eve));

    private async Task<OperatorSummary> OneAsync(string name) => (await Operators.ListAsync(Cancellation)).Single(o => o.Name == name);

    private async Task<HttpStatusCode> OpenAsync(string page, string token)
    {
        using var http = HubServer.NewHttp();
        using var answer = await http.GetAsync(new Uri(shared.Hub.Address, $"/{page}?token={token}"), Cancellation);
        return answer.StatusCode;
    }
}
