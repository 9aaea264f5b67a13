using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using ComposePage = NotifyDashboard.Components.Pages.Compose.Compose;

namespace NotifyDashboard.Tests.Components.Pages.Compose;

public sealed class ComposeRightsTests : HubPageContext
{
    [Fact]
    public async Task Once_the_operator_is_signed_out_the_figures_stay_as_they_are_and_are_not_refreshed_again()
    {
        Services.AddSingleton<ITopicScope, PublisherTopicScope>();
        var authorization = AddAuthorization();
        authorization.SetAuthorized("mara").SetPolicies(Policies.Operator, Policies.Sender);
        JSInterop.SetupModule("./local-time.js").Setup<string>("zone").SetResult("Europe/Stockholm");
        Render<MudDialogProvider>();
        var idle = Time.WaitingFor(TimeSpan.FromMinutes(1));
        var page = Render<ComposePage>();
        await Eventually.TrueAsync(() => Time.WaitingFor(TimeSpan.FromMinutes(1)) == idle + 1);
        var before = page.Find("#reach").TextContent;
        authorization.SetPolicies().SetNotAuthorized();
        await Listener.JoinAsync(Store.Hub, "broadcast");
        await Eventually.TrueAsync(() =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(500));
            return Time.WaitingFor(TimeSpan.FromMinutes(1)) == idle;
        });
        Assert.Equal(before, page.Find("#reach").TextContent);
    }
}
