namespace NotifyDashboard.EventStream;

/// <summary>One event of an event stream (WHATWG HTML 9.2.5–9.2.6).</summary>
/// <param name="Data">Lines are separated by CR, LF or CRLF. Null: the event has no data and the browser dispatches nothing.</param>
/// <param name="Type">The <c>event:</c> field. Null or <c>message</c>: no field, which means <c>message</c>.</param>
/// <param name="Id">The <c>id:</c> field, which becomes the last event ID.</param>
/// <param name="Retry">The reconnection time.</param>
public readonly record struct EventStreamFrame(string? Data, string? Type = null, string? Id = null, TimeSpan? Retry = null);
