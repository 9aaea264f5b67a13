using System.Diagnostics;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using NotifyDashboard.EndToEnd.Modules;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd.Inbox;

/// <summary>The modules as a package: packed, installed into an empty project, type-checked there, and run from there.</summary>
public sealed class PackageTests(Browsers browsers) : HubTest(browsers), IDisposable
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

    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("package-");

    [Fact]
    public async Task It_installs_into_an_empty_project_has_types_and_runs()
    {
        // A stranger's machine may have no npm, and nothing else needs it.
        Assert.SkipUnless(System.Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "npm"))), "npm is missing.");
        await RunAsync(Path.Combine(FakeHub.Root(), "wwwroot-shared"), "npm", "pack", "--silent", "--pack-destination", _project.FullName);
        var package = Assert.Single(_project.GetFiles("*.tgz"));
        await File.WriteAllTextAsync(Path.Combine(_project.FullName, "package.json"), """{"private":true,"type":"module"}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_project.FullName, "use.ts"), Use, TestContext.Current.CancellationToken);
        await RunAsync(_project.FullName, "npm", "install", "--silent", "--no-audit", "--no-fund", package.FullName, "typescript@5.9.3");
        await RunAsync(_project.FullName, "npx", "tsc", "--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "use.ts");

        var installed = Path.Combine(_project.FullName, "node_modules", "notifydashboard");
        Assert.True(File.Exists(Path.Combine(installed, "README.md")));
        var page = await OpenWindowAsync("about:blank");
        await page.RouteAsync("**/app/**", route => route.FulfillAsync(new() { Path = Path.Combine(installed, new Uri(route.Request.Url).AbsolutePath["/app/".Length..]) }));
        await page.RouteAsync("**/shop", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<!doctype html><html lang=en><title>Shop</title><script type=module src=/app/wwwroot/notify-inbox.js></script><notify-inbox hub='{Hub.Address}/'></notify-inbox>",
        }));
        await page.GotoAsync($"{Hub.Address}/shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Notifications" }).ClickAsync();
        await Expect(page.GetByText("Nobody is signed in.")).ToBeVisibleAsync();
    }

    private static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var printed = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await printed}{complained}");
    }

    public void Dispose() => _project.Delete(recursive: true);
}
