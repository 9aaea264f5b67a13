namespace NotifyDashboard.Access;

/// <summary>Where a sign-in may lead: only into this hub, or a link to it could end on another site.</summary>
internal static class LocalUrl
{
    /// <summary>Relative to the page's base: the hub may stand under a path.</summary>
    public const string Home = "";

    public static string OrHome(string? url) => IsLocal(url) ? url! : Home;

    // Browsers read "\" as "/" and drop tabs and line breaks: "/\evil.example" and "/<tab>/evil.example" lead away.
    // What is not ASCII is no URL as a browser sends it, and no header takes it: the sign-in would end in a 500.
    private static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(c => c is < ' ' or > '~');
}
