using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NotifyDashboard.EndToEnd.Harness;
using NotifyDashboard.EndToEnd.Modules;
using static Microsoft.Playwright.Assertions;

namespace NotifyDashboard.EndToEnd;

/// <summary>The scripts and the markup of docs/from-the-article.md, on a page of the hub.</summary>
public sealed partial class ArticleTests(Browsers browsers) : HubTest(browsers)
{
    [Fact]
    public async Task Scripts_in_the_article_guide_receive_a_ping_and_the_badge_counts_it()
    {
        var article = await File.ReadAllTextAsync(Path.Combine(FakeHub.Root(), "docs", "from-the-article.md"), TestContext.Current.CancellationToken);
        var page = await OpenWindowAsync("/healthz/live");
        var (plain, shared) = (new TaskCompletionSource(), new TaskCompletionSource());
        page.Console += (_, message) =>
        {
            if (message.Text == "plain: 'Hello Dolly!'") plain.TrySetResult();
            if (message.Text == "shared: 'Hello Dolly!'") shared.TrySetResult();
        };
        foreach (Match script in Script().Matches(article)) await page.EvaluateAsync($"async () => {{ {script.Groups[1].Value} }}");
        await page.EvaluateAsync("html => document.body.append(...[...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('notify-badge')])", Markup().Match(article).Groups[1].Value);
        await page.EvaluateAsync("() => import('/shared/notify-badge.js')");
        // Nobody says when the streams are open: published until both scripts have heard it.
        var both = Task.WhenAll(plain.Task, shared.Task);
        for (var tries = 0; tries < 30 && !both.IsCompleted; tries++)
        {
            await Hub.PublishAsync(new { type = "ping", data = "'Hello Dolly!'" });
            await Task.WhenAny(both, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        }
        Assert.True(both.IsCompletedSuccessfully);
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "unread notification" })).ToBeAttachedAsync();
    }

    // The page is bare text, and names no icon.
    protected override bool IsExpected(string error) => error.Contains("favicon.ico", StringComparison.Ordinal);

    [GeneratedRegex("```js\n(.+?)```", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("```html\n(.+?)```", RegexOptions.Singleline)]
    private static partial Regex Markup();
}
