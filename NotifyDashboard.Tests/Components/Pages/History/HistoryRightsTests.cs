using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;
using HistoryPage = NotifyDashboard.Components.Pages.History.History;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryRightsTests : HubPageContext
{
    [Fact]
    public async Task A_page_left_open_shows_nothing_more_once_the_right_is_taken()
    {
        var authorization = AddAuthorization();
        authorization.SetAuthorized("mara").SetPolicies(Policies.Operator);
        await Store.PublishAsync("before");
        var page = Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.Contains("before", page.Markup, StringComparison.Ordinal));
        authorization.SetPolicies().SetNotAuthorized();
        await Store.PublishAsync("after");
        await Store.DispatchedAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Contains("/sign-in", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.DoesNotContain("before", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("after", page.Markup, StringComparison.Ordinal);
    }
}
