using AngleSharp.Dom;
using Bunit;
using MudBlazor;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;
using HistoryPage = NotifyDashboard.Components.Pages.History.History;

namespace NotifyDashboard.Tests.Components.Pages.History;

public sealed class HistoryRetractTests : HubPageContext
{
    private readonly Bunit.TestDoubles.BunitAuthorizationContext _authorization;

    public HistoryRetractTests() => _authorization = AddAuthorization().SetAuthorized("mara").SetPolicies(Policies.Operator, Policies.Sender);

    [Fact]
    public async Task Retract_asks_for_confirmation_and_Keep_it_changes_nothing()
    {
        var (dialogs, page) = await OpenAsync();
        Button(page, "Retract…").Click();
        Assert.Equal("Retract “Fog on the lake”?", dialogs.WaitForElement("h2").TextContent);
        await Button(dialogs, "Keep it").ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("[role=dialog]")));
        Assert.Null((await StoredAsync()).Single().Retraction);
        Assert.Equal("Fog on the lake", page.Find("[role=dialog] h2").TextContent);
    }

    [Fact]
    public async Task Drawer_of_a_retracted_notification_names_the_operator_and_hides_the_retract_button()
    {
        var (dialogs, page) = await OpenAsync();
        Button(page, "Retract…").Click();
        dialogs.WaitForElement("h2");
        await Button(dialogs, "Retract").ClickAsync();
        await Store.DispatchedAsync();
        await Eventually.TrueAsync(() =>
        {
            // The page reads again in its own time.
            Time.Advance(TimeSpan.FromMilliseconds(250));
            return page.Find("[role=dialog] h2").TextContent == "Retracted by mara";
        });
        Assert.DoesNotContain(page.FindAll("[role=dialog] button"), button => button.TextContent.StartsWith("Retract", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retract_without_the_right_shows_the_reason_and_changes_nothing()
    {
        var (dialogs, page) = await OpenAsync();
        Button(page, "Retract…").Click();
        dialogs.WaitForElement("h2");
        _authorization.SetPolicies(Policies.Operator);
        await Button(dialogs, "Retract").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Your role may look but not retract. An admin can change that.", page.Find("[role=dialog] [role=alert]").TextContent.Trim()));
        Assert.Null((await StoredAsync()).Single().Retraction);
    }

    private async Task<(IRenderedComponent<MudDialogProvider>, IRenderedComponent<HistoryPage>)> OpenAsync()
    {
        await Store.PublishAsync(new NotificationDraft { Title = "Fog on the lake" });
        var dialogs = Render<MudDialogProvider>();
        var page = Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));
        await page.Find("tbody button").ClickAsync();
        return (dialogs, page);
    }

    private static IElement Button<T>(IRenderedComponent<T> within, string text) where T : Microsoft.AspNetCore.Components.IComponent =>
        within.FindAll("button").Single(button => button.TextContent.Trim() == text);
}
