using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.Compose;

/// <summary>What of the form stands in no field of the page: chips, a select, dates. The browser keeps it with the fields, so that a draft survives a restart whole.</summary>
public sealed record ComposeChoices(string Expires, DateTime? ExpiresAt, DateTime? PublishAt, int ActionCount, string[] Topics, string[] Tags)
{
    public static ComposeChoices Of(ComposeForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new(form.Expires, form.ExpiresAt, form.PublishAt, form.ActionCount, [.. form.MoreTopics.Words], [.. form.Tags.Words]);
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
        (form.ExpiresAt, form.PublishAt) = (kept.ExpiresAt, kept.PublishAt);
        form.ActionCount = Math.Clamp(kept.ActionCount, 0, DraftRules.MaxActions);
        form.MoreTopics.Set(kept.Topics);
        form.Tags.Set(kept.Tags);
    }
}
