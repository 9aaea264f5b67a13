using System.Text;

namespace NotifyDashboard.Hub;

/// <summary>The rules for a topic: 1–500 bytes of UTF-8 in a single line (<see cref="DraftRules.IsLine"/>). Compared byte by byte.</summary>
public static class Topic
{
    /// <summary>The default topic of publishers and subscribers that name none.</summary>
    public const string Broadcast = "broadcast";

    public const int MaxBytes = 500;

    public static bool IsValid(string topic) =>
        topic.Length > 0 && topic.Length <= MaxBytes && DraftRules.IsLine(topic) && Text.IsUnicode(topic) && Encoding.UTF8.GetByteCount(topic) <= MaxBytes;
}

internal static class Text
{
    /// <summary>False for a string with a lone surrogate: it has no UTF-8 form, so subscribers would receive a different string.</summary>
    public static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
