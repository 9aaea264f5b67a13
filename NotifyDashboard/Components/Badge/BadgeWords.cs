using System.Globalization;

namespace NotifyDashboard.Components.Badge;

/// <summary>What a badge shows and says; the same words as badge-words.js.</summary>
internal static class BadgeWords
{
    public static string Text(int count, int max) => count > max ? string.Create(CultureInfo.InvariantCulture, $"{max}+") : count.ToString(CultureInfo.InvariantCulture);

    /// <summary>"3 unread messages", "1 unread message", "more than 99 unread messages"; nothing for 0.</summary>
    public static string Spoken(int count, int max, string label) => count switch
    {
        0 => "",
        1 => $"1 {(label.EndsWith('s') ? label[..^1] : label)}",
        _ when count > max => string.Create(CultureInfo.InvariantCulture, $"more than {max} {label}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count} {label}"),
    };
}
