namespace NotifyDashboard.Access;

/// <summary>Restricts the return URL of a sign-in to this hub, to prevent an open redirect.</summary>
internal static class LocalUrl
{
    /// <summary>Relative to the page's base, because the hub may have a path base.</summary>
    public const string Home = "";

    /// <param name="pathBase">The hub's path base: other paths belong to other applications.</param>
    public static string OrHome(string? url, PathString pathBase = default) => IsLocal(url) && IsWithin(url!, pathBase) ? url! : Home;

    // The Uri class resolves dot segments first, also encoded ones, as a browser does.
    private static bool IsWithin(string url, PathString pathBase) =>
        !pathBase.HasValue || (Uri.TryCreate("http://hub" + url, UriKind.Absolute, out var whole) && PathString.FromUriComponent(whole).StartsWithSegments(pathBase));

    // Browsers read "\" as "/" and drop tabs and line breaks, so "/\evil.example" and "/<tab>/evil.example" lead to another site.
    // A browser never sends non-ASCII characters in a URL, and they are not allowed in the Location header: the sign-in would end in a 500.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(c => c is < ' ' or > '~');
}
