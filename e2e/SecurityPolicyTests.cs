using System.Collections.Concurrent;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd;

/// <summary>The browser holds every page to the policy; that no page breaks it, each test with a window checks at its end.</summary>
public sealed class SecurityPolicyTests(Browsers browsers) : HubTest(browsers)
{
    private readonly ConcurrentQueue<string> _violations = [];

    [Fact]
    public async Task An_inline_script_does_not_run_and_is_reported()
    {
        var page = await OpenDemoAsync();
        await page.EvaluateAsync("() => { const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s); }");
        await page.WaitForFunctionAsync("() => new Promise(done => setTimeout(() => done(true), 0))");
        Assert.False(await page.EvaluateAsync<bool>("() => window.ran === true"));
        Assert.Contains(_violations, v => v.StartsWith("Policy violated: script-src", StringComparison.Ordinal));
    }

    protected override bool IsExpected(string error)
    {
        _violations.Enqueue(error);
        return true;
    }
}
