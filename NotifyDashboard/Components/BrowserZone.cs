using Microsoft.JSInterop;

namespace NotifyDashboard.Components;

/// <summary>The time zone of the operator's browser.</summary>
public sealed class BrowserZone(IJSRuntime js)
{
    private TimeZoneInfo? _zone;

    /// <summary>Can be called once the page is interactive. UTC when the server does not know the browser's zone; pages name the zone that they use.</summary>
    public async ValueTask<TimeZoneInfo> GetAsync()
    {
        if (_zone is not null) return _zone;
        // The page has loaded this module already.
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "./local-time.js");
        var id = await module.InvokeAsync<string>("zone");
        return _zone = TimeZoneInfo.TryFindSystemTimeZoneById(id, out var known) ? known : TimeZoneInfo.Utc;
    }
}
