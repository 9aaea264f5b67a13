using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>What Compose shows about the topics in its form: their audience, which of them are new, and suggestions while typing.</summary>
internal sealed class TopicAudience(NotificationHub hub)
{
    private const int MaxSuggestions = 8;

    private int _looks;

    /// <summary>Null until it is known.</summary>
    public Reach? Reach { get; private set; }

    /// <summary>Topics that nobody has used or listened to.</summary>
    public IReadOnlyList<string> NewTopics { get; private set; } = [];

    public IReadOnlyList<(string Topic, Reach Reach)> Suggestions { get; private set; } = [];

    /// <summary>Counts the audience and looks the topics up, after they have changed.</summary>
    public async Task LookAsync(ComposeForm form, CancellationToken cancellation)
    {
        var look = ++_looks;
        await CountAsync(form);
        try
        {
            var typed = form.Topic.Trim();
            var suggestions = await hub.SuggestTopicsAsync(typed, MaxSuggestions, cancellation);
            List<string> fresh = [];
            foreach (var topic in form.Topics.Where(topic => Topic.IsValid(topic) && topic != Topic.Broadcast))
            {
                // Suggestions are ordered: a topic comes before the longer ones that begin with it.
                var known = topic == typed ? suggestions : await hub.SuggestTopicsAsync(topic, 1, cancellation);
                if (known is not [var (first, _), ..] || first != topic)
                    if ((await CountAsync([topic], isPrivate: false)).Streams == 0) fresh.Add(topic);
            }
            // A later look has started: its result counts.
            if (look == _looks) (Suggestions, NewTopics) = (suggestions, fresh);
        }
        catch (StoreUnavailableException)
        {
            // Suggestions are optional; publishing will report what is wrong with the store.
            if (look == _looks) (Suggestions, NewTopics) = ([], []);
        }
    }

    /// <summary>Updates the audience, as subscribers come and go.</summary>
    /// <returns>Whether anything has changed.</returns>
    public async Task<bool> RefreshAsync(ComposeForm form, CancellationToken cancellation)
    {
        if (!await CountAsync(form)) return false;
        if (NewTopics.Count > 0) await LookAsync(form, cancellation);
        return true;
    }

    /// <summary>Counts the audience now.</summary>
    /// <returns>Whether that has changed.</returns>
    public async Task<bool> CountAsync(ComposeForm form)
    {
        var before = Reach;
        try
        {
            Reach = await CountAsync(form.Topics, form.Private);
        }
        catch (StoreUnavailableException)
        {
            // The hub is stopping, and the page ends with it.
        }
        return Reach != before;
    }

    private Task<Reach> CountAsync(string[] topics, bool isPrivate) => hub.CountReachedAsync(new NotificationDraft { Topics = topics, Private = isPrivate });
}
