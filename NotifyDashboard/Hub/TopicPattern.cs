using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace NotifyDashboard.Hub;

/// <summary>
/// Matches topics: literals, <c>:name</c> for one non-empty segment between slashes, and a trailing <c>*</c> for any rest, even none.
/// Other characters of URL patterns (<c>{ } ( ) ? + \</c>, an inner <c>*</c>) are refused, not taken literally. Time is linear in the topic.
/// </summary>
public sealed class TopicPattern
{
    private const int MaxKnown = 1_000;

    private static readonly ConcurrentDictionary<string, TopicPattern> Known = new(StringComparer.Ordinal);

    // A null part matches one segment.
    private readonly string?[] _parts;
    private readonly bool _openEnd;

    private TopicPattern(string text)
    {
        Text = text;
        _openEnd = text.EndsWith('*');
        var rest = _openEnd ? text[..^1] : text;
        var parts = new List<string?>();
        var literalFrom = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            if (!StartsParameter(rest, i)) continue;
            if (i > literalFrom) parts.Add(rest[literalFrom..i]);
            parts.Add(null);
            while (i + 1 < rest.Length && rest[i + 1] != '/') i++;
            literalFrom = i + 1;
        }
        if (literalFrom < rest.Length) parts.Add(rest[literalFrom..]);
        _parts = parts.ToArray();
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>The prefix of every matching topic.</summary>
    public string Prefix => _parts is [{ } literal, ..] ? literal : "";

    /// <summary>Matches every topic.</summary>
    public static TopicPattern Any { get; } = new("*");

    /// <summary>Parses a pattern. Equal texts usually share an instance, because thousands of streams use the same few patterns.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TopicPattern? pattern)
    {
        if (Known.TryGetValue(text, out pattern)) return true;
        if (!Topic.IsValid(text)) return false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '{' or '}' or '(' or ')' or '?' or '+' or '\\':
                case '*' when i < text.Length - 1:
                    return false;
                // "https:" and ":8080" are literals; a name must fill its segment.
                case ':' when i + 1 < text.Length && IsNameStart(text[i + 1]):
                    if (i > 0 && text[i - 1] != '/') return false;
                    var end = text.IndexOf('/', i);
                    if (end < 0) end = text.Length;
                    if (text.AsSpan(i + 1, end - i - 1).ContainsAnyExcept(NameCharacters)) return false;
                    break;
            }
        }
        pattern = new TopicPattern(text);
        // Bounded, because anonymous callers can send any text. The bound need not be exact.
        if (Known.Count < MaxKnown) Known.TryAdd(text, pattern);
        return true;
    }

    public bool Matches(string topic)
    {
        var rest = topic.AsSpan();
        foreach (var part in _parts)
        {
            if (part is not null)
            {
                if (!rest.StartsWith(part, StringComparison.Ordinal)) return false;
                rest = rest[part.Length..];
                continue;
            }
            var end = rest.IndexOf('/');
            if (end < 0) end = rest.Length;
            if (end == 0) return false;
            rest = rest[end..];
        }
        return _openEnd || rest.IsEmpty;
    }

    /// <summary>Whether this segment of a pattern matches any non-empty segment.</summary>
    internal static bool IsParameter(ReadOnlySpan<char> segment) => segment.Length > 1 && segment[0] == ':' && IsNameStart(segment[1]);

    public override string ToString() => Text;

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    // Any letter, so that a name in another script is refused and not taken literally.
    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static bool StartsParameter(string text, int i) => (i == 0 || text[i - 1] == '/') && IsParameter(text.AsSpan(i));
}
