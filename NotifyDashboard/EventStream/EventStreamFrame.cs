namespace NotifyDashboard.EventStream;

/// <summary>One event as it stands on the wire (WHATWG HTML 9.2.5–9.2.6).</summary>
/// <param name="Data">Lines are parted by CR, LF or CRLF. Null: the event carries none and the browser dispatches nothing.</param>
/// <param name="Type">The <c>event:</c> field. Null or <c>message</c>: no field, which the browser takes as <c>message</c>.</param>
/// <param name="Id">The <c>id:</c> field, which becomes the last event ID.</param>
/// <param name="Retry">The reconnection time.</param>
public readonly record struct EventStreamFrame(string? Data, string? Type = null, string? Id = null, TimeSpan? Retry = null);
