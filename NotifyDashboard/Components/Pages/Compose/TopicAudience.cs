using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>What Compose knows of the topics in its form: whom they reach, which are new, and which known ones begin so.</summary>
internal sealed class TopicAudience(NotificationHub hub)
{
    private const int MaxSuggestions = 8;

    private int _looks;

    /// <summary>Null until it is known.</summary>
    public Reach? Reach { get; private set; }

    /// <summary>Topics that nobody has used or listened to.</summary>
    public IReadOnlyList<string> NewTopics { get; private set; } = [];

    public IReadOnlyList<(string Topic, Reach Reach)> Suggestions { get; private set; } = [];

    /// <summary>The topics have changed.</summary>
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
                // In their order a topic comes before those that are longer.
                var known = topic == typed ? suggestions : await hub.SuggestTopicsAsync(topic, 1, cancellation);
                if (known is not [var (first, _), ..] || first != topic)
                    if ((await CountAsync([topic], isPrivate: false)).Streams == 0) fresh.Add(topic);
            }
            // The next key was faster.
            if (look == _looks) (Suggestions, NewTopics) = (suggestions, fresh);
        }
        catch (StoreUnavailableException)
        {
            // They help, and are not needed: firing says what is wrong with the store.
            if (look == _looks) (Suggestions, NewTopics) = ([], []);
        }
    }

    /// <summary>Somebody may have come or gone.</summary>
    /// <returns>Whether anything has changed.</returns>
    public async Task<bool> RefreshAsync(ComposeForm form, CancellationToken cancellation)
    {
        if (!await CountAsync(form)) return false;
        if (NewTopics.Count > 0) await LookAsync(form, cancellation);
        return true;
    }

    /// <summary>Counts whom it reaches now.</summary>
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
            // The hub is stopping, and the page with it.
        }
        return Reach != before;
    }

    private Task<Reach> CountAsync(string[] topics, bool isPrivate) => hub.CountReachedAsync(new NotificationDraft { Topics = topics, Private = isPrivate });
}
