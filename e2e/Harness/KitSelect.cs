using Microsoft.Playwright;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>The kit's select, which is no <c>select</c> element.</summary>
internal static class KitSelect
{
    public static ILocator Select(this IPage page, string label) => page.GetByRole(AriaRole.Combobox, new() { Name = label, Exact = true });

    public static async Task ChooseAsync(this IPage page, string label, string option)
    {
        await page.Select(label).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
    }
}
