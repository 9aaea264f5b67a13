using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>The parts of the form that are not in an input of the page: chips, a select, dates. The browser keeps them with the inputs, so that a draft survives a restart completely.</summary>
public sealed record ComposeChoices(string Expires, DateTime? ExpiresAt, DateTime? PublishAt, int ActionCount, string[] Topics, string[] Tags)
{
    public static ComposeChoices Of(ComposeForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new(form.Expires, form.ExpiresAt, form.PublishAt, form.ActionCount, [.. form.MoreTopics.Words], [.. form.Tags.Words]);
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Restores what the browser kept. JSON of another version or no JSON at all leaves the form as it is.</summary>
    public static void Restore(string json, ComposeForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        ComposeChoices? kept;
        try
        {
            kept = JsonSerializer.Deserialize<ComposeChoices>(json);
        }
        catch (JsonException)
        {
            return;
        }
        if (kept is not { Expires: not null, Topics: not null, Tags: not null }) return;
        form.Expires = kept.Expires == ComposeForm.AtTime || ComposeForm.Lives.Any(life => life.Value == kept.Expires) ? kept.Expires : "";
        (form.ExpiresAt, form.PublishAt) = (kept.ExpiresAt, kept.PublishAt);
        form.ActionCount = Math.Clamp(kept.ActionCount, 0, DraftRules.MaxActions);
        form.MoreTopics.Set(kept.Topics);
        form.Tags.Set(kept.Tags);
    }
}
