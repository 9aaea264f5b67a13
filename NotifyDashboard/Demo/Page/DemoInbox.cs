using Microsoft.AspNetCore.Components;
using NotifyDashboard.Components.Badge;

namespace NotifyDashboard.Demo.Page;

/// <summary>The notifications of one badge. The callbacks have no receiver, so that Blazor does not render after each; the page coalesces its renders.</summary>
public sealed class DemoInbox
{
    public const int Kept = 20;
    private readonly List<BadgeNotification> _newest = [];

    public DemoInbox(string topics, string icon, string name, string label, string empty, Action<DemoFrame?> changed)
    {
        (Topics, Icon, Name, Label, Empty) = (topics, icon, name, label, empty);
        Received = new(null, (Action<BadgeNotification>)(notification =>
        {
            _newest.Insert(0, notification);
            if (_newest.Count > Kept) _newest.RemoveAt(Kept);
            Fresh++;
            changed(DemoFrame.Of(notification));
        }));
        Updated = new(null, (Action<BadgeUpdate>)(update =>
        {
            var at = _newest.FindIndex(n => n.Id == update.Notification.Id);
            if (at >= 0) _newest[at] = update.Notification;
            changed(DemoFrame.Of(update));
        }));
        Retracted = new(null, (Action<BadgeRetract>)(retract =>
        {
            var at = _newest.FindIndex(n => n.Id == retract.Id);
            if (at >= 0) _newest.RemoveAt(at);
            if (at >= 0 && at < Fresh) Fresh--;
            changed(DemoFrame.Of(retract));
        }));
        Counted = new(null, (Action<int>)(count => { Count = count; changed(null); }));
    }

    public string Topics { get; }
    public string Icon { get; }
    public string Name { get; }
    public string Label { get; }
    public string Empty { get; }
    public EventCallback<BadgeNotification> Received { get; }
    public EventCallback<BadgeUpdate> Updated { get; }
    public EventCallback<BadgeRetract> Retracted { get; }
    public EventCallback<int> Counted { get; }
    public IReadOnlyList<BadgeNotification> Newest => _newest;
    public int Count { get; private set; }

    /// <summary>How many of the newest notifications arrived since the list was last opened.</summary>
    public int Fresh { get; private set; }

    /// <summary>Unread notifications that are not in the list: they arrived before the page was loaded, or in a burst longer than the list.</summary>
    public int NotKept { get; private set; }

    /// <summary>Call it when the list opens: marks the unread notifications as new until the list opens again.</summary>
    public void BeginReading()
    {
        Fresh = Count;
        NotKept = Math.Max(0, Count - _newest.Count);
    }
}
