namespace NotifyDashboard.Access;

/// <summary>Normalises configured origins to the form that browsers send in the <c>Origin</c> header (RFC 6454).</summary>
internal static class Origins
{
    /// <summary>The ASCII form: <c>https://münchen.example</c> becomes <c>https://xn--mnchen-3ya.example</c>.</summary>
    /// <returns>Null when the text is not an origin: it has a path, an explicit default port, or a host without an ASCII form.</returns>
    public static string? Normalize(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.GetLeftPart(UriPartial.Authority) != text) return null;
        return uri.HostNameType switch
        {
            UriHostNameType.IPv4 or UriHostNameType.IPv6 => text,
            UriHostNameType.Dns when uri.IdnHost.All(char.IsAscii) && Uri.CheckHostName(uri.IdnHost) == UriHostNameType.Dns => $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}",
            _ => null,
        };
    }
}
