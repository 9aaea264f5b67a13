using Bunit;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Pages.Administer;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Pages.Administer;

public sealed class AdminPagesTests : AdminPageContext
{
    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_is_shown_once_and_listed_without_its_link()
    {
        var page = Render<OperatorsPage>();
        await page.Find("form.invite").SubmitAsync();
        var link = page.Find(".once pre").TextContent;
        Assert.StartsWith("http://localhost/join?token=", link, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".open li"));
        await Button(page, "Done, hide it").ClickAsync();
        Assert.DoesNotContain(link, page.Markup, StringComparison.Ordinal);
        await Button(page, "Take back").ClickAsync();
        Assert.Empty(page.FindAll(".open li"));
    }

    [Fact]
    public async Task Operator_who_is_no_longer_an_admin_changes_nothing_on_an_open_admin_page()
    {
        await AddAsync("bo", Roles.Viewer);
        Role = Roles.Sender;
        var operators = Render<OperatorsPage>();
        await operators.InvokeAsync(() => operators.FindComponent<MudSelect<string>>().Instance.SelectOption(Roles.Admin));
        Assert.Equal("This is for admins, and you are none any more. Nothing was done.", Words(operators.Find("[role=alert] .mud-alert")));
        await operators.Find("form.invite").SubmitAsync();
        var keys = Render<KeysPage>();
        await keys.Find("#key-name").ChangeAsync("Shop");
        await keys.Find("form.new").SubmitAsync();
        Assert.Empty(await Get<IOneTimeLinkStore>().ListInvitationsAsync(Cancellation));
        Assert.Empty(await Get<IApiKeyStore>().ListAsync(Cancellation));
        Assert.Equal(Roles.Viewer, (await Get<IOperatorStore>().FindAsync("bo", Cancellation))!.Role);
        Assert.Empty(Render<AuditPage>().FindAll("tbody local-time"));
    }

    [Fact]
    public void Keys_page_without_keys_explains_what_keys_are_for() => Assert.Contains("Applications fire with a key.", Words(Render<KeysPage>().Find(".empty-state")), StringComparison.Ordinal);

    [Theory]
    [InlineData("orders;touch x;#")]
    [InlineData("o'`touch x`!;$IFS")]
    public async Task Curl_line_of_a_new_key_quotes_its_topic(string topic)
    {
        var page = Render<KeysPage>();
        await page.Find("#key-name").ChangeAsync("Shop");
        await page.Find("#key-topics").ChangeAsync(topic);
        await page.Find("form.new").SubmitAsync();
        var arguments = await PastedLine.RunAsync("sh", page.Find(".once pre").TextContent);
        Assert.Equal(["--data-urlencode", "topic=" + topic, "-d", "title=Hello Dolly"], arguments[3..]);
    }

    [Fact]
    public async Task New_key_form_shows_all_errors_at_their_fields_at_once()
    {
        var page = Render<KeysPage>();
        await page.FindAll("input[type=checkbox]")[0].ChangeAsync(false);
        await page.Find("#key-topics").ChangeAsync("a*b");
        await page.Find("form.new").SubmitAsync();
        Assert.Equal(["Type a name.", "Choose at least one.", "“a*b” is no pattern: * stands only at its end, :name fills a whole segment."], page.FindAll(".mud-input-error .mud-input-helper-text, #actions-error").Select(Words));
        Assert.Empty(await Get<IApiKeyStore>().ListAsync(Cancellation));
    }

    [Fact]
    public async Task The_audit_shows_fifty_and_older_ones_on_request()
    {
        for (var i = 0; i < 120; i++) await Get<IAuditLog>().AddAsync(new(AuditActions.SignedIn, $"operator {i}"));
        var page = Render<AuditPage>();
        Assert.Equal((50, "operator 119"), (page.FindAll("tbody tr").Count, page.Find("tbody b").TextContent));
        await Button(page, "Show older ones").ClickAsync();
        await Button(page, "Show older ones").ClickAsync();
        Assert.Equal(120, page.FindAll("tbody tr").Count);
        Assert.DoesNotContain("Show older ones", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_filters_are_read_from_the_URL_and_written_to_it()
    {
        await Get<IAuditLog>().AddAsync(new(AuditActions.SignedIn, "ana"));
        await Get<IAuditLog>().AddAsync(new(AuditActions.KeyCreated, "bo", "Shop"));
        Get<NavigationManager>().NavigateTo("audit?what=key-created&who=SHOP");
        var page = Render<AuditPage>();
        Assert.Equal("bo", Assert.Single(page.FindAll("tbody b")).TextContent);
        await page.Find("input[type=search]").ChangeAsync("nobody at all");
        Assert.EndsWith("audit?what=key-created&who=nobody%20at%20all", Get<NavigationManager>().Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("Asked for: Key created, “nobody at all”.", Words(page.Find(".empty-state p"))));
        await page.Find(".empty-state button").ClickAsync();
        Assert.EndsWith("/audit", Get<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Admin_pages_report_an_unreadable_store_and_offer_a_retry()
    {
        BreakStore();
        Assert.Contains("The audit cannot be read now.", Render<AuditPage>().Markup, StringComparison.Ordinal);
        Assert.Contains("The keys cannot be read now.", Render<KeysPage>().Markup, StringComparison.Ordinal);
        var operators = Render<OperatorsPage>();
        Assert.Contains("The operators cannot be read now.", operators.Markup, StringComparison.Ordinal);
        Assert.Equal("Try again", Words(operators.Find("[role=alert] button")));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<IComponent> page, string words) => page.FindAll("button").Single(button => Words(button) == words);

    private Task<bool> AddAsync(string name, string role) => Get<IOperatorStore>().AddAsync(new(name, role, "-"), new(AuditActions.Joined, "test", name));
}
