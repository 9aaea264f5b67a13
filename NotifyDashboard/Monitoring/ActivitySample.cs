namespace NotifyDashboard.Monitoring;

/// <summary>What happened in a step of time. The first five are those at its end, and in a coarser step the highest of these; the others are sums.</summary>
/// <param name="At">When the step begins.</param>
/// <param name="Streams">Open streams.</param>
/// <param name="People">Connected recipients, counted once each.</param>
/// <param name="Tabs">Connected tabs.</param>
/// <param name="Lagging">Streams whose peer accepted nothing for some seconds.</param>
/// <param name="Unread">Unread notifications of the connected recipients; null: not counted in this step.</param>
/// <param name="Published">Notifications that were stored.</param>
/// <param name="Delivered">Live notifications that were written to streams.</param>
/// <param name="Refused">Refused requests to publish.</param>
/// <param name="Failed">Changes that the store could not take.</param>
/// <param name="Opened">Streams that were opened.</param>
/// <param name="Gaps">Streams that were told of a gap.</param>
/// <param name="TimedOut">Streams that were closed because their peer accepted too little.</param>
internal sealed record ActivitySample(
    DateTimeOffset At, long Streams, long People, long Tabs, long Lagging, long? Unread,
    long Published, long Delivered, long Refused, long Failed, long Opened, long Gaps, long TimedOut);
