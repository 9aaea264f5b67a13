using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What an admin does that changes what other tests count or sign in with: each test has a hub of its own.</summary>
public sealed class OperatorTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task Invited_operator_joins_and_is_signed_out_when_an_admin_disables_the_account()
    {
        var admin = await SignInAsync("/access/operators");
        await admin.GetByRole(AriaRole.Radio, new() { Name = "Sender can view history and fire" }).CheckAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Create invitation" }).ClickAsync();
        var link = (await admin.GetByRole(AriaRole.Region, new() { Name = "The invitation" }).Locator("pre").TextContentAsync())!;
        await Expect(admin.GetByRole(AriaRole.List, new() { Name = "Open invitations" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);

        var colleague = await OpenWindowAsync(new Uri(link).PathAndQuery);
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(OperatorName);
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Password", Exact = true }).FillAsync("seven ferries 4");
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Password again" }).FillAsync("seven ferries 4");
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Make the account and sign in" }).ClickAsync();
        // What is wrong with the name takes no password away.
        await Expect(colleague.GetByText("That name is taken. Take another.")).ToBeVisibleAsync();
        await Expect(colleague.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToBeFocusedAsync();
        await Expect(colleague.GetByRole(AriaRole.Textbox, new() { Name = "Password again" })).ToHaveValueAsync("seven ferries 4");
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Ana Berg");
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Make the account and sign in" }).ClickAsync();
        await Expect(Live(colleague)).ToBeVisibleAsync();
        await Expect(colleague.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        await Expect(colleague.GetByRole(AriaRole.Link, new() { Name = "Audit" })).ToHaveCountAsync(0);

        await admin.ReloadAsync();
        await Expect(Live(admin)).ToBeVisibleAsync();
        var row = admin.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ana Berg" });
        await row.GetByLabel("What to do with Ana Berg").ClickAsync();
        await admin.GetByRole(AriaRole.Menuitem, new() { Name = "Disable…" }).ClickAsync();
        await admin.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Disable Ana Berg" }).ClickAsync();
        await Expect(admin.GetByText("Ana Berg is disabled and signed out.")).ToBeVisibleAsync();
        // By itself: nobody touched that window.
        await Expect(colleague.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();

        await admin.GetByRole(AriaRole.Link, new() { Name = "Audit" }).First.ClickAsync();
        await Expect(admin.GetByRole(AriaRole.Row).Filter(new() { HasText = "Disabled" })).ToContainTextAsync(new Regex(@"Ana Berg[\s\S]*(127\.0\.0\.1|::1)"));
        await Expect(Live(admin)).ToBeVisibleAsync();
        await admin.ChooseAsync("What", "Joined");
        await Expect(admin).ToHaveURLAsync(new Regex("what=joined"));
        await Expect(admin.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await admin.ReloadAsync();
        await Expect(admin.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_forgotten_password_is_reset_by_the_command_while_the_server_runs()
    {
        var (code, printed) = await Hub.CommandAsync("operator", "reset-password", OperatorName);
        Assert.Equal(0, code);
        Assert.StartsWith($"{Hub.Address}/reset-password?token=", printed, StringComparison.Ordinal);
        var page = await OpenWindowAsync(new Uri(printed.Split('\n')[0].Trim()).PathAndQuery);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password", Exact = true }).FillAsync("eight ferries 5");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password again" }).FillAsync("eight ferries 5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(OperatorName);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync("eight ferries 5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        Assert.Equal((1, "There is no operator \"nobody\" in the database of Storage:ConnectionString. Look at the spelling, and run this where the server runs."), await Hub.CommandAsync("operator", "reset-password", "nobody"));
    }

    // A form that is refused is an answer of its own.
    protected override bool IsExpected(string error) => error.Contains("400", StringComparison.Ordinal);
}
