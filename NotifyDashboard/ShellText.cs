using System.Buffers;

namespace NotifyDashboard;

/// <summary>Quotes values for command lines that a user pastes into a POSIX shell.</summary>
internal static class ShellText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%+,-./:=@_");

    /// <summary>The value as one shell word: unchanged if it has no special characters, else in single quotes.</summary>
    public static string Quote(string value) =>
        // Inside single quotes every character except the quote itself is literal; bash does not expand "!" there either.
        value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Plain) ? value : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
