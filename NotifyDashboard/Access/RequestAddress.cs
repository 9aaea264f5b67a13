namespace NotifyDashboard.Access;

/// <summary>The hub's address as the caller sees it.</summary>
internal static class RequestAddress
{
    /// <summary>Scheme, host and path base, without a trailing slash.</summary>
    public static string Address(this HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
