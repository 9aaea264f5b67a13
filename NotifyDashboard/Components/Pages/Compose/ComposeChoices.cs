using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>What of the form is chosen rather than typed. The browser keeps it with the typed texts, so that a draft survives a restart whole.</summary>
public sealed record ComposeChoices(string Expires, DateTime? ExpiresAt, DateTime? PublishAt, bool Private, bool IsJson, int ActionCount, string[] Topics, string[] Tags)
{
    public static ComposeChoices Of(ComposeForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new(form.Expires, form.ExpiresAt, form.PublishAt, form.Private, form.IsJson, form.ActionCount, [.. form.MoreTopics.Words], [.. form.Tags.Words]);
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Puts back what the browser kept. It may be of another version, or nonsense: then the form stays as it is.</summary>
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
        (form.ExpiresAt, form.PublishAt, form.Private, form.IsJson) = (kept.ExpiresAt, kept.PublishAt, kept.Private, kept.IsJson);
        form.ActionCount = Math.Clamp(kept.ActionCount, 0, DraftRules.MaxActions);
        form.MoreTopics.Set(kept.Topics);
        form.Tags.Set(kept.Tags);
    }
}
