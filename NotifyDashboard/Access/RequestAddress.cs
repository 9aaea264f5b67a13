namespace NotifyDashboard.Access;

/// <summary>The hub's address as whoever asks sees it.</summary>
internal static class RequestAddress
{
    /// <summary>Scheme and host, without a slash at the end.</summary>
    public static string Address(this HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
