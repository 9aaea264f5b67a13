using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>The modules as a package: packed, installed into an empty project, type-checked there, and run from there.</summary>
public sealed class PackageTests(Browsers browsers) : HubTest(browsers)
{
    private const string Use = """
        import { subscribe, type Notification } from 'notifydashboard';
        import 'notifydashboard/inbox';
        const inbox = document.createElement('notify-inbox');
        inbox.texts = { title: 'Post' };
        const taken: Notification[] = [];
        subscribe({ hub: 'https://notify.example/', onNotifications: batch => taken.push(...batch) });
        inbox.show();
        """;

    [Fact]
    public async Task Npm_package_installs_type_checks_and_runs_in_an_empty_project()
    {
        using var npm = await Npm.StartAsync("typescript@5.9.3");
        await npm.WriteAsync("use.ts", Use);
        await npm.RunAsync("npx", "tsc", "--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "use.ts");

        var installed = npm[Path.Combine("node_modules", "notifydashboard")];
        Assert.True(File.Exists(Path.Combine(installed, "README.md")));
        var page = await OpenWindowAsync("about:blank");
        await page.RouteAsync("**/app/**", route => route.FulfillAsync(new() { Path = Path.Combine(installed, new Uri(route.Request.Url).AbsolutePath["/app/".Length..]) }));
        Site.Page("/shop", $"<!doctype html><html lang=en><title>Shop</title><script type=module src=/app/wwwroot/notify-inbox.js></script><notify-inbox hub='{Hub.Address}/'></notify-inbox>");
        await page.GotoAsync($"{Site.Address}/shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Notifications" }).ClickAsync();
        await Expect(page.GetByText("You are not signed in.")).ToBeVisibleAsync();
    }
}
