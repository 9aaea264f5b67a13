using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What an admin does about other people and applications.</summary>
public sealed partial class AccessTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task A_colleague_is_invited_joins_and_is_disabled_while_a_page_is_open()
    {
        var admin = await SignInAsync("/access/operators");
        await admin.GetByRole(AriaRole.Radio, new() { Name = "Sender sees what was fired, and fires" }).CheckAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = (await admin.GetByRole(AriaRole.Region, new() { Name = "The invitation" }).Locator("pre").TextContentAsync())!;
        await Expect(admin.GetByRole(AriaRole.List, new() { Name = "Open invitations" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);

        var colleague = await OpenWindowAsync(new Uri(link).PathAndQuery);
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Ana Berg");
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Password", Exact = true }).FillAsync("seven ferries 4");
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Password again" }).FillAsync("seven ferries 4");
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Make the account and sign in" }).ClickAsync();
        await Expect(Live(colleague)).ToBeVisibleAsync();
        await Expect(colleague.GetByRole(AriaRole.Heading, new() { Name = "Compose" })).ToBeVisibleAsync();
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
        await Expect(admin.GetByRole(AriaRole.Row).Filter(new() { HasText = "Disabled" })).ToContainTextAsync("Ana Berg");
        await Expect(Live(admin)).ToBeVisibleAsync();
        await ChooseAsync(admin, "What", "Joined");
        await Expect(admin).ToHaveURLAsync(new Regex("what=joined"));
        await Expect(admin.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await admin.ReloadAsync();
        await Expect(admin.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Another_role_ends_the_open_page_and_counts_at_the_next_sign_in()
    {
        var admin = await SignInAsync("/access/operators");
        var colleague = await JoinAsync(admin, "Bo Ek");
        await admin.ReloadAsync();
        await Expect(Live(admin)).ToBeVisibleAsync();
        await ChooseAsync(admin, "Role of Bo Ek", "Viewer");
        await Expect(admin.GetByText("Bo Ek is viewer now, and has to sign in again.")).ToBeVisibleAsync();
        await Expect(colleague.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("bo ek");
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync("seven ferries 4");
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(colleague.GetByRole(AriaRole.Heading, new() { Name = "Not for your role" })).ToBeVisibleAsync();
        await colleague.GetByRole(AriaRole.Link, new() { Name = "See what was fired" }).ClickAsync();
        await Expect(colleague.GetByRole(AriaRole.Heading, new() { Name = "History" })).ToBeVisibleAsync();
        await Expect(colleague.GetByRole(AriaRole.Link, new() { Name = "Compose" })).ToHaveCountAsync(0);

        await ChooseAsync(admin, $"Role of {OperatorName}", "Viewer");
        await Expect(admin.GetByText($"{OperatorName} is the only admin. Make another one first.")).ToBeVisibleAsync();
        await Expect(Select(admin, $"Role of {OperatorName}")).ToHaveTextAsync("Admin");
    }

    [Fact]
    public async Task A_key_is_made_fires_where_it_may_and_is_revoked()
    {
        var admin = await SignInAsync("/access/keys");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(admin.GetByText("Type a name.")).ToBeVisibleAsync();
        await admin.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Shop backend");
        await admin.GetByRole(AriaRole.Textbox, new() { Name = "On topics" }).FillAsync("orders/*\n{bad}");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(admin.GetByText("“{bad}” is no pattern")).ToBeVisibleAsync();
        await admin.GetByRole(AriaRole.Textbox, new() { Name = "On topics" }).FillAsync("orders/*");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var line = (await admin.GetByRole(AriaRole.Region, new() { Name = "The key “Shop backend”" }).Locator("pre").TextContentAsync())!;
        var key = KeyText().Match(line).Value;
        Assert.Contains("-d topic=orders/1", line, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, await PublishAsync(key, "orders/1"));
        Assert.Equal(HttpStatusCode.NotFound, await PublishAsync(key, "payroll"));

        await admin.ReloadAsync();
        await Expect(Live(admin)).ToBeVisibleAsync();
        await Expect(admin.GetByText(key)).ToHaveCountAsync(0);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Revoke Shop backend…" }).ClickAsync();
        await Expect(admin.GetByRole(AriaRole.Button, new() { Name = "Keep it" })).ToBeFocusedAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Revoke it" }).ClickAsync();
        await Expect(admin.GetByText("“Shop backend” is revoked.")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await PublishAsync(key, "orders/1"));
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

    [Fact]
    public async Task Sign_out_everywhere_ends_ones_other_window()
    {
        var here = await SignInAsync("/history");
        var there = await SignInAsync("/compose");
        await Account(here).ClickAsync();
        await here.GetByRole(AriaRole.Link, new() { Name = "Your account" }).ClickAsync();
        await here.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere, here too" }).ClickAsync();
        await Expect(here.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Expect(there.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    private static ILocator Select(IPage page, string label) => page.GetByRole(AriaRole.Combobox, new() { Name = label, Exact = true });

    private static async Task ChooseAsync(IPage page, string label, string option)
    {
        await Select(page, label).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
    }

    private async Task<IPage> JoinAsync(IPage admin, string name)
    {
        await admin.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = (await admin.GetByRole(AriaRole.Region, new() { Name = "The invitation" }).Locator("pre").TextContentAsync())!;
        var page = await OpenWindowAsync(new Uri(link).PathAndQuery);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(name);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password", Exact = true }).FillAsync("seven ferries 4");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password again" }).FillAsync("seven ferries 4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account and sign in" }).ClickAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        return page;
    }

    private async Task<HttpStatusCode> PublishAsync(string key, string topic)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Hub.Address}/api/notifications") { Content = JsonContent.Create(new { topic, title = "T" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await Hub.Http.SendAsync(request);
        return answer.StatusCode;
    }

    // A role that may not open the page it asked for.
    protected override bool IsExpected(string error) => error.Contains("status of 403", StringComparison.Ordinal);

    [GeneratedRegex(@"nd_[\w-]+")]
    private static partial Regex KeyText();
}
