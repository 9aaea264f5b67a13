using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using HistoryPage = NotifyDashboard.Components.Pages.History.History;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryTests : BunitContext, IAsyncLifetime
{
    private TestHub _hub = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.StartAsync();
        Services.AddSingleton(_hub.Hub).AddSingleton<INotificationLog>(_hub.Log).AddSingleton(TimeProvider.System);
    }

    [Fact]
    public async Task A_page_left_open_shows_nothing_more_once_the_right_is_taken()
    {
        var authorization = AddAuthorization();
        authorization.SetAuthorized("mara").SetPolicies(Policies.Operator);
        await _hub.PublishAsync("before", "t");
        var page = Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.Contains("before", page.Markup, StringComparison.Ordinal));
        authorization.SetPolicies().SetNotAuthorized();
        await _hub.PublishAsync("after", "t");
        page.WaitForAssertion(() => Assert.Contains("/sign-in", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.DoesNotContain("before", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("after", page.Markup, StringComparison.Ordinal);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _hub.DisposeAsync();
    }
}
