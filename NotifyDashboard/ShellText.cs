using System.Buffers;

namespace NotifyDashboard;

/// <summary>Values in lines that somebody will paste into a POSIX shell.</summary>
internal static class ShellText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%+,-./:=@_");

    /// <summary>One word, whatever it holds; as it stands where no shell would read anything into it.</summary>
    public static string Quote(string value) =>
        // Within single quotes a shell takes everything as it stands but the quote itself; not even bash's history looks for "!" there.
        value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Plain) ? value : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
