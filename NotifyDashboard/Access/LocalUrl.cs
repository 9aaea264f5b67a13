namespace NotifyDashboard.Access;

/// <summary>Where a sign-in may lead: only into this hub, or a link to it could end on another site.</summary>
internal static class LocalUrl
{
    /// <summary>Relative to the page's base: the hub may stand under a path.</summary>
    public const string Home = "";

    /// <param name="pathBase">The path under which the hub stands: what lies beside it is another application's.</param>
    public static string OrHome(string? url, PathString pathBase = default) => IsLocal(url) && IsWithin(url!, pathBase) ? url! : Home;

    // Dot segments are resolved first, also encoded ones, as a browser does.
    private static bool IsWithin(string url, PathString pathBase) =>
        !pathBase.HasValue || (Uri.TryCreate("http://hub" + url, UriKind.Absolute, out var whole) && PathString.FromUriComponent(whole).StartsWithSegments(pathBase));

    // Browsers read "\" as "/" and drop tabs and line breaks: "/\evil.example" and "/<tab>/evil.example" lead away.
    // What is not ASCII is no URL as a browser sends it, and no header takes it: the sign-in would end in a 500.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(c => c is < ' ' or > '~');
}
