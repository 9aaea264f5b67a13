using Microsoft.Playwright;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>What every page has to pass, in each of its states.</summary>
internal static class PageCheck
{
    /// <summary>Nothing serious by axe, in either theme, and no control too small to hit.</summary>
    /// <param name="what">The page and its state, for the message.</param>
    public static async Task RunAsync(IPage page, string what)
    {
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var errors = (await Axe.FindAsync(page, theme)).Where(error => error.Impact is "serious" or "critical").Select(error => error.Words).ToList();
            Assert.True(errors.Count == 0, $"{what}, {theme}: {string.Join("; ", errors)}");
        }
        var small = await Targets.TooSmallAsync(page);
        Assert.True(small.Length == 0, $"{what}, too small to hit: {string.Join("; ", small)}");
    }
}
