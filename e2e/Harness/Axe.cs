using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>A rule that axe found broken.</summary>
/// <param name="Rule">Its id, such as "color-contrast".</param>
/// <param name="Impact">minor, moderate, serious or critical.</param>
/// <param name="Words">What is wrong, and where.</param>
public sealed record AxeFault(string Rule, string? Impact, string Words);

/// <summary>Runs axe in the page itself. The kit's own RunAxe makes a second page for each result, and carries what is right along with what is wrong: half a minute over all pages.</summary>
public static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <param name="page">Its main frame alone.</param>
    /// <param name="theme">In the dark one the colours alone are looked at: they are all that differs.</param>
    public static async Task<IReadOnlyList<AxeFault>> FindAsync(IPage page, ColorScheme theme)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
        // Colours are measured: nothing may be on its way to another one. The clock of the take-back bar is an animation too, and not waited for.
        await page.EvaluateAsync("async () => { for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame); }");
        // Asked again and again: the promise of a transition whose element goes meanwhile is never kept.
        await page.WaitForFunctionAsync("() => !document.getAnimations().some(a => ('transitionProperty' in a || 'animationName' in a) && a.playState === 'running' && a.effect.getComputedTiming().iterations !== Infinity)");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in globalThis")) await page.EvaluateAsync(Script);
        var found = await page.EvaluateAsync<JsonElement>("""
            async colours => {
              const { violations } = await axe.run(document, { resultTypes: ['violations'], ...(colours && { runOnly: ['color-contrast'] }) });
              return violations.map(({ id, impact, help, nodes }) => ({ id, impact, words: `${id} (${help}) at ${nodes.map(node => node.html).join(', ')}` }));
            }
            """, theme == ColorScheme.Dark);
        return [.. found.EnumerateArray().Select(error => new AxeFault(error.GetProperty("id").GetString()!, error.GetProperty("impact").GetString(), error.GetProperty("words").GetString()!))];
    }
}
