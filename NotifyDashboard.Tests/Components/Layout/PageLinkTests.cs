using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Layout;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Layout;

public sealed class PageLinkTests
{
    [Fact]
    public async Task Each_listed_page_exists_and_requires_the_policy_with_which_it_is_listed()
    {
        await using var hub = HubServer.Start();
        var pages = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToLookup(endpoint => endpoint.RoutePattern.RawText!.Trim('/'));
        foreach (var link in PageLink.All)
        {
            var page = Assert.Single(pages[link.Address]);
            // Operator is required of every page; the demo is for anyone, and is shown to every operator.
            var policies = page.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).Where(policy => policy != Policies.Operator);
            Assert.Equal((link.Address, link.Policy), (link.Address, policies.Distinct().SingleOrDefault()));
        }
    }

    [Fact]
    public void No_address_is_listed_twice() => Assert.Equal(PageLink.All.Count, PageLink.All.DistinctBy(link => link.Address).Count());
}
