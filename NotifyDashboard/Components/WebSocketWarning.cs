namespace NotifyDashboard.Components;

/// <summary>Logs that WebSockets do not reach the hub. Pages fall back to polling (live.js) and show a notice, which may go unread.</summary>
internal sealed partial class WebSocketWarning(RequestDelegate next, TimeProvider time, ILogger<WebSocketWarning> log)
{
    private const string Circuits = "/_blazor";

    private readonly LogThrottle _throttle = new(time);

    public Task InvokeAsync(HttpContext context)
    {
        if (IsWithoutWebSocket(context.Request) && _throttle.IsTime(nameof(WebSocketWarning))) NoWebSockets(log);
        return next(context);
    }

    // A handshake whose Upgrade header a proxy has dropped, or the negotiation that a page starts after its WebSocket was refused.
    private static bool IsWithoutWebSocket(HttpRequest request) => request.Path.StartsWithSegments(Circuits, out var rest)
        && ((!rest.HasValue && request.Headers.SecWebSocketKey.Count > 0 && request.Headers.Upgrade.Count == 0) || rest == "/negotiate");

    [LoggerMessage(6000, LogLevel.Warning, "WebSockets do not get through to the hub, so pages poll instead, which is slower. Let the proxy pass them on; in nginx's location: "
        + "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; (docs/operations.md has the map for $connection_upgrade. Said once a minute.)")]
    private static partial void NoWebSockets(ILogger log);
}
