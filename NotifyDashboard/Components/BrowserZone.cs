using Microsoft.JSInterop;

namespace NotifyDashboard.Components;

/// <summary>The time zone of the operator's browser.</summary>
public sealed class BrowserZone(IJSRuntime js)
{
    private TimeZoneInfo? _zone;

    /// <summary>Once the page is live. UTC where the server has no rules of the browser's zone: pages name the zone that they use.</summary>
    public async ValueTask<TimeZoneInfo> GetAsync()
    {
        if (_zone is not null) return _zone;
        // The page has loaded it already.
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./local-time.js");
        var id = await module.InvokeAsync<string>("zone");
        return _zone = TimeZoneInfo.TryFindSystemTimeZoneById(id, out var known) ? known : TimeZoneInfo.Utc;
    }
}
