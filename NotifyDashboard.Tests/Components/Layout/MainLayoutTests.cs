using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Components;
using NotifyDashboard.Components.Layout;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Layout;

public sealed class MainLayoutTests : BunitContext
{
    private readonly BunitAuthorizationContext _authorization;

    public MainLayoutTests()
    {
        _authorization = AddAuthorization();
        Services.AddSingleton<AntiforgeryStateProvider, OneToken>();
        Services.AddSingleton(new PageLink("Try", "demo", "badge", "Badge demo"));
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddKit();
        // The take-back bar has nothing to do without a browser.
        Services.AddScoped(_ => new ActionGuard(null!, null!, null!, null!));
        SetRendererInfo(new RendererInfo("Static", false));
    }

    [Theory]
    [InlineData("", "history", "scheduled", "demo")]
    [InlineData("", "compose", "history", "scheduled", "demo", Policies.Sender)]
    [InlineData("", "compose", "history", "scheduled", "access", "audit", "demo", Policies.Sender, Policies.Admin)]
    public void Layout_lists_the_pages_that_the_role_may_open_and_marks_the_current_one(params string[] pagesAndPolicies)
    {
        string[] all = [Policies.Sender, Policies.Admin];
        _authorization.SetAuthorized("mara").SetPolicies([.. all.Where(pagesAndPolicies.Contains)]);
        Services.GetRequiredService<NavigationManager>().NavigateTo("history");
        var layout = Render<MainLayout>();
        var nav = layout.Find("nav.mud-navmenu");
        Assert.Equal(pagesAndPolicies.Except(all), nav.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal(pagesAndPolicies.Except(all), layout.FindAll(".tabbar a").Select(a => a.GetAttribute("href")));
        Assert.Equal("History", nav.QuerySelector("[aria-current=page]")!.TextContent.Trim());
    }

    [Fact]
    public void The_operator_can_sign_out_by_a_form_with_an_antiforgery_token()
    {
        _authorization.SetAuthorized("Mara Lindqvist").SetRoles("admin");
        var layout = Render<MainLayout>();
        Assert.EndsWith("account", layout.Find(".me summary").TextContent.Trim(), StringComparison.Ordinal);
        var form = layout.Find("form");
        Assert.Equal(("post", "sign-out"), (form.GetAttribute("method"), form.GetAttribute("action")));
        Assert.NotNull(form.QuerySelector("input[type=hidden]"));
        Assert.Equal("Sign out", form.QuerySelector("button")!.TextContent.Trim());
    }

    [Fact]
    public void Name_initials_and_role_are_shown()
    {
        _authorization.SetAuthorized("Mara Lindqvist").SetRoles("admin");
        var layout = Render<MainLayout>();
        Assert.Equal("ML", layout.Find(".avatar").TextContent);
        Assert.Equal("Mara LindqvistAdmin", layout.Find(".who").TextContent);
    }

    [Fact]
    public void Layout_shows_no_account_menu_to_an_anonymous_visitor() => Assert.Empty(Render<MainLayout>().FindAll(".me"));

    [Fact]
    public void Layout_has_places_for_the_connection_status_and_the_theme_button()
    {
        var layout = Render<MainLayout>();
        Assert.Equal("status", layout.Find("[data-connection]").GetAttribute("role"));
        Assert.NotNull(layout.Find("[data-theme-button]"));
        Assert.Equal("starting", layout.Find("[data-circuit]").GetAttribute("data-circuit"));
    }

    private sealed class OneToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => new("value", "__RequestVerificationToken");
    }
}
