namespace NotifyDashboard;

/// <summary>Doubled slashes in addresses, which come from joining "https://hub/" and "/api". No route matches them.</summary>
internal static class RequestPaths
{
    public static bool HasDoubledSlash(this PathString path) => path.Value?.Contains("//", StringComparison.Ordinal) == true;

    /// <summary>The path that the caller meant, to choose what the refusal looks like; never to serve it.</summary>
    public static PathString WithSingleSlashes(this PathString path) =>
        path.HasDoubledSlash() ? new("/" + string.Join('/', path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries))) : path;
}
