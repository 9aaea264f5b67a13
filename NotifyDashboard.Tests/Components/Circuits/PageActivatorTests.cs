using Microsoft.AspNetCore.Components;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Components.Pages.Administer;
using NotifyDashboard.Components.Pages.Compose;
using NotifyDashboard.Components.Pages.History;
using NotifyDashboard.Components.Pages.OwnAccount;
using NotifyDashboard.Components.Pages.Scheduled;
using NotifyDashboard.Components.Pages.SignIn;
using NotifyDashboard.Demo.Page;

namespace NotifyDashboard.Tests.Components.Circuits;

public sealed class PageActivatorTests
{
    [Theory]
    [InlineData(typeof(Compose), Policies.Sender)]
    [InlineData(typeof(History), Policies.Operator)]
    [InlineData(typeof(ScheduledPage), Policies.Operator)]
    [InlineData(typeof(OwnAccount), Policies.Operator)]
    [InlineData(typeof(OperatorsPage), Policies.Admin)]
    [InlineData(typeof(KeysPage), Policies.Admin)]
    [InlineData(typeof(AuditPage), Policies.Admin)]
    [InlineData(typeof(DemoPage))]
    [InlineData(typeof(SignIn))]
    public void Page_requires_the_policies_of_its_audience(Type page, params string[] policies) => Assert.Equal(policies, PageActivator.NeededPolicies(page));

    [Fact]
    public void Only_listed_public_pages_need_no_policy() => Assert.Equal(
        ["DemoPage", "Join", "Refused", "ResetPassword", "SetUp", "SignIn", "SignOut"],
        from type in typeof(Program).Assembly.GetTypes()
        where type.IsDefined(typeof(RouteAttribute), false) && PageActivator.NeededPolicies(type).Length == 0
        orderby type.Name
        select type.Name);
}
