using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>What an admin does about other people and applications.</summary>
public sealed partial class AccessTests(Browsers browsers, SharedHub shared) : HubTest(browsers, shared), IClassFixture<SharedHub>
{
    [Fact]
    public async Task Role_change_signs_the_operator_out_and_applies_at_the_next_sign_in()
    {
        var admin = await SignInAsync("/access/operators");
        var colleague = await JoinAsync(admin, "Bo Ek");
        await admin.ReloadAsync();
        await Expect(Live(admin)).ToBeVisibleAsync();
        await admin.ChooseAsync("Role of Bo Ek", "Viewer");
        await Expect(admin.GetByText("Bo Ek is viewer now, and has to sign in again.")).ToBeVisibleAsync();
        await Expect(colleague.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("bo ek");
        await colleague.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync("seven ferries 4");
        await colleague.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(colleague.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        await colleague.GotoAsync("/compose");
        await Expect(colleague.GetByRole(AriaRole.Heading, new() { Name = "Not for your role" })).ToBeVisibleAsync();
        await colleague.GetByRole(AriaRole.Link, new() { Name = "See what was fired" }).ClickAsync();
        await Expect(colleague.GetByRole(AriaRole.Heading, new() { Name = "History" })).ToBeVisibleAsync();
        await Expect(colleague.GetByRole(AriaRole.Link, new() { Name = "Compose" })).ToHaveCountAsync(0);

        await admin.ChooseAsync($"Role of {OperatorName}", "Viewer");
        await Expect(admin.GetByText($"{OperatorName} is the only admin. Make another one first.")).ToBeVisibleAsync();
        await Expect(admin.Select($"Role of {OperatorName}")).ToHaveTextAsync("Admin");
    }

    [Fact]
    public async Task API_key_publishes_only_to_its_topics_and_is_refused_once_revoked()
    {
        var admin = await SignInAsync("/access/keys");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(admin.GetByText("Type a name.")).ToBeVisibleAsync();
        await admin.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Shop backend");
        await admin.GetByRole(AriaRole.Textbox, new() { Name = "Topics" }).FillAsync("orders/*\n{bad}");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(admin.GetByText("“{bad}” is no pattern")).ToBeVisibleAsync();
        await admin.GetByRole(AriaRole.Textbox, new() { Name = "Topics" }).FillAsync("orders/*");
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
    public async Task Signing_out_on_all_devices_signs_out_the_operators_other_window()
    {
        var here = await SignInAsync("/history");
        var there = await SignInAsync("/compose");
        await Account(here).ClickAsync();
        await here.GetByRole(AriaRole.Link, new() { Name = "Your account" }).ClickAsync();
        await here.GetByRole(AriaRole.Button, new() { Name = "Sign out on all devices" }).ClickAsync();
        await Expect(here.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Expect(there.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    private async Task<IPage> JoinAsync(IPage admin, string name)
    {
        await admin.GetByRole(AriaRole.Button, new() { Name = "Create invitation" }).ClickAsync();
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
