using NotifyDashboard.Hub;
using NotifyDashboard.Monitoring;

namespace NotifyDashboard.Components.Pages.Overview;

/// <summary>Where the overview reads from.</summary>
internal sealed record OverviewSources(
    NotificationHub Hub, IOpenStreams Streams, INotificationLog Log, IScheduleStore Schedule, ITopicScope Scope, ActivityRecorder Recorder, IActivityStore Activity, UnreadCounter Unread,
    AttentionFinder Attentions, FirstStepsFinder Steps, TimeProvider Time);
