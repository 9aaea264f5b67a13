using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

public sealed class SetUpTests(Browsers browsers) : HubTest(browsers)
{
    protected override Task<HubProcess> StartHubAsync() => HubProcess.StartAsync();

    [Fact]
    public async Task Printed_set_up_link_creates_the_first_operator_and_a_working_key_and_works_once()
    {
        Assert.NotNull(Hub.SetUpLink);
        var page = await OpenWindowAsync(Hub.SetUpLink);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(OperatorName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("too short");
        await page.GetByLabel("Password again", new() { Exact = true }).FillAsync("too short");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Expect(page.GetByText("Use at least 12 characters.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Make the first account" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync(OperatorName);

        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(OperatorPassword);
        await page.GetByLabel("Password again", new() { Exact = true }).FillAsync(OperatorPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You are in" })).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Created, await RunCurlAsync(await page.GetByText("Authorization: Bearer").First.InnerTextAsync()));

        await page.GetByRole(AriaRole.Link, new() { Name = "Compose the first notification" }).ClickAsync();
        await Expect(Live(page)).ToBeVisibleAsync();
        await Expect(Account(page)).ToContainTextAsync(OperatorName);

        var other = await OpenWindowAsync(Hub.SetUpLink);
        await Expect(other.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Expect(other.GetByLabel("Password again")).ToHaveCountAsync(0);
    }

    // What the line says, sent as curl would send it.
    private async Task<HttpStatusCode> RunCurlAsync(string line)
    {
        var key = line.Split("Bearer ")[1].Split('\'')[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["topic"] = "broadcast", ["title"] = "Hello Dolly" }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await Hub.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    // Forms and links that are refused.
    protected override bool IsExpected(string error) => error.Contains("Failed to load resource", StringComparison.Ordinal);
}
