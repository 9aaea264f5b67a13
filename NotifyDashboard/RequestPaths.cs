namespace NotifyDashboard;

/// <summary>Detects doubled slashes in request paths, which come from joining "https://hub/" and "/api". No route matches them.</summary>
internal static class RequestPaths
{
    public static bool HasDoubledSlash(this PathString path) => path.Value?.Contains("//", StringComparison.Ordinal) == true;

    /// <summary>The path that the caller probably meant. It decides the form of the error response only; no request is served by it.</summary>
    public static PathString WithSingleSlashes(this PathString path) =>
        path.HasDoubledSlash() ? new("/" + string.Join('/', path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries))) : path;
}
