using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using NotifyDashboard.Access;
using NotifyDashboard.Components;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Components.Pages.Overview;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using OverviewPage = NotifyDashboard.Components.Pages.Overview.Overview;

namespace NotifyDashboard.Tests.Components.Pages.Overview;

/// <summary>The overview page over a whole server, in time that moves only when told.</summary>
public sealed class OverviewPageTests : BunitContext
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);

    private readonly ManualTime _time = new();
    private readonly HubServer _server;
    private readonly Func<FaultyLog> _log;
    private readonly Bunit.TestDoubles.BunitAuthorizationContext _authorization;

    public OverviewPageTests()
    {
        _server = Hubs.StartWithFaultyLog(out _log, services => services.AddTime(_time));
        Services.AddSingleton<TimeProvider>(_time).AddSingleton(Hub).AddSingleton(_server.Services.GetRequiredService<OverviewSources>())
            .AddSingleton(_server.Services.GetRequiredService<OperatorSessions>()).AddHttpContextAccessor()
            .AddScoped<CircuitAddress>().AddScoped<CircuitRights>().AddScoped<ActionGuard>().AddScoped<BrowserState>();
        Services.AddKit();
        JSInterop.Mode = JSRuntimeMode.Loose;
        _authorization = AddAuthorization().SetAuthorized("mara").SetPolicies(Policies.Operator, Policies.Sender).SetClaims(new Claim(AccessClaims.Kind, nameof(PublisherKind.Operator)));
        SetRendererInfo(new("Server", true));
        DefaultWaitTimeout = TimeSpan.FromSeconds(15);
    }

    private NotificationHub Hub => _server.Services.GetRequiredService<NotificationHub>();

    [Fact]
    public void A_new_hub_says_in_each_part_that_there_is_nothing_yet()
    {
        var page = Open();
        Assert.Equal(["Connected now", "Events", "Deliveries", "Unread", "Errors"], page.FindAll(".tile .title").Select(title => title.TextContent));
        Assert.Contains("Nobody is connected", page.Markup, StringComparison.Ordinal);
        foreach (var text in new[] { "Nothing was fired yet.", "Nothing was fired in the last hour.", "All is well.", "Nothing scheduled." })
            Assert.Contains(text, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notification_that_is_fired_appears_without_a_reload()
    {
        var page = Open();
        await PublishAsync(1, 1);
        await AdvanceUntilAsync(() => Assert.Equal("N1", page.Find("[aria-labelledby=newest-title] .rows bdi").TextContent), page);
    }

    [Fact]
    public async Task Ten_thousand_events_in_a_second_render_the_page_at_most_four_times()
    {
        var page = Open();
        // Of one element without children: the page's own count includes its children's.
        var part = page.FindComponent<UpcomingCard>().FindComponent<MudPaper>();
        var before = part.RenderCount;
        for (var i = 0; i < 10; i++)
        {
            await PublishAsync(1 + (i * 1_000), 1_000);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }
        Assert.InRange(part.RenderCount - before, 1, 4);
        await AdvanceUntilAsync(() => Assert.Equal("N10000", page.Find("[aria-labelledby=newest-title] .rows bdi").TextContent), page);
    }

    [Fact]
    public void A_tile_puts_its_figure_into_the_chart()
    {
        var page = Open();
        Assert.Equal("Deliveries a second", page.Find("figure h2").TextContent);
        page.FindAll(".tile").Single(tile => tile.TextContent.Contains("Connected now", StringComparison.Ordinal)).Click();
        Assert.Equal("Connections", page.Find("figure h2").TextContent);
        Assert.Equal("Connected now", page.Find(".tile[aria-pressed=true] .title").TextContent);
    }

    [Fact]
    public async Task A_failing_store_is_told_and_Try_again_reads_again()
    {
        await PublishAsync(1, 1);
        var page = Open();
        _log().OnReadNewest = () => throw new StoreUnavailableException("gone");
        await PublishAsync(2, 1);
        await AdvanceUntilAsync(() => Assert.Contains("The figures cannot be read now.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), page);
        Assert.Contains("N1", page.Markup, StringComparison.Ordinal);
        Assert.Contains("What is shown was read before.", page.Markup, StringComparison.Ordinal);
        _log().OnReadNewest = () => Task.CompletedTask;
        await page.FindAll("[role=alert] button").Single().ClickAsync(new());
        Assert.Contains("N2", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void Viewers_are_offered_neither_Compose_nor_what_only_admins_can_do()
    {
        _authorization.SetAuthorized("vera").SetPolicies(Policies.Operator);
        var page = Open();
        Assert.Empty(page.FindAll("a[href=compose]"));
        Assert.DoesNotContain("First steps", page.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<OverviewPage> Open()
    {
        var page = Render<OverviewPage>(p => p.AddCascadingValue(Services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync()));
        page.WaitForAssertion(() => Assert.DoesNotContain(page.FindAll("[aria-busy] .mud-skeleton"), skeleton => skeleton.Closest("figure") is null));
        return page;
    }

    private async Task PublishAsync(int from, int count)
    {
        await _server.PublishAsync(count, i => new NotificationDraft { Title = $"N{from + i - 1}", Topics = ["t"] });
        await Hub.CountReachedAsync(Drafts.Text(""));
    }

    private async Task AdvanceUntilAsync(Action assertion, IRenderedComponent<OverviewPage> page)
    {
        // A refresh that is running ends first: the next one is due only after it.
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(Refresh);
            try
            {
                assertion();
                return true;
            }
            catch (Exception exception) when (exception is Xunit.Sdk.XunitException or ElementNotFoundException)
            {
                return false;
            }
        });
        page.WaitForAssertion(assertion);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _server.DisposeAsync();
    }
}
