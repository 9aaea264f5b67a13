using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>The table of cases that the server's rules pass too.</summary>
public sealed class MuteRulesTests(Browsers browsers)
{
    [Fact]
    public async Task Browser_mute_rules_agree_with_the_shared_case_table()
    {
        await using var hub = new FakeHub();
        await using var site = new Site();
        var page = await browsers.Chromium.NewPageAsync();
        await page.AddInitScriptAsync(hub.Script);
        await page.GotoAsync(site.Address);
        var wrong = await page.EvaluateAsync<string[]>("""
            async text => {
              const { isMuted } = await import(`${hubAddress}shared/mute-rules.js`);
              const cases = JSON.parse(text);
              if (cases.length < 30) return ['there are too few'];
              return cases.filter(one => isMuted(one.preferences, one.inbox, one.notification) !== one.muted).map(one => one.name);
            }
            """, await File.ReadAllTextAsync(Path.Combine(FakeHub.Root(), "wwwroot-shared", "mute-cases.json"), TestContext.Current.CancellationToken));
        Assert.Empty(wrong);
        await page.Context.CloseAsync();
    }
}
