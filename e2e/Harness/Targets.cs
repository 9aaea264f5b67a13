using Microsoft.Playwright;

namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>What axe does not measure: that a finger hits what can be pressed, and that the eye finds what has the focus.</summary>
internal static class Targets
{
    private const int MostStops = 60;

    /// <summary>Controls smaller than 24 by 24 px (WCAG 2.2, 2.5.8). Links in running text are excepted, as there; a label belongs to its control.</summary>
    public static async Task<string[]> TooSmallAsync(IPage page) => await page.EvaluateAsync<string[]>(
        """
        () => {
          const seen = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && !e.closest('[aria-hidden=true], .sr, .skip');
          const box = e => [e, ...(e.labels ?? [])].filter(seen).map(x => x.getBoundingClientRect())
            .reduce((a, b) => ({ width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) }), { width: 0, height: 0 });
          const inText = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline' && e.closest('p, li, td, span, div')?.textContent.trim() !== e.textContent.trim();
          return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab]')]
            .filter(e => seen(e) && !inText(e)).map(e => [e, box(e)])
            .filter(([, r]) => r.width > 0 && (r.width < 23.5 || r.height < 23.5))
            .map(([e, r]) => `${e.outerHTML.slice(0, 120)} is ${r.width.toFixed(1)} x ${r.height.toFixed(1)}`);
        }
        """);

    /// <summary>Walks the page with Tab; gives what had the focus without showing it.</summary>
    public static async Task<string[]> WithoutFocusRingAsync(IPage page)
    {
        var without = new List<string>();
        for (var i = 0; i < MostStops; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var found = await page.EvaluateAsync<string?>(
                """
                () => {
                  const e = document.activeElement;
                  if (!e || e === document.body) return 'end';
                  // The ring may be drawn by the frame around a field, or by the label over it.
                  for (let at = e, n = 0; at && n < 3; at = at.parentElement, n++) {
                    const s = getComputedStyle(at);
                    if (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) return null;
                  }
                  return e.outerHTML.slice(0, 160);
                }
                """);
            if (found == "end") break;
            if (found is not null && !without.Contains(found)) without.Add(found);
        }
        return [.. without];
    }
}
