namespace NotifyDashboard.Access;

/// <summary>Origins (RFC 6454) as browsers write them into the <c>Origin</c> header: that is what configured ones are compared with.</summary>
internal static class Origins
{
    /// <summary>The ASCII form: <c>https://münchen.example</c> is <c>https://xn--mnchen-3ya.example</c>.</summary>
    /// <returns>Null where the text is no origin: it has a path, a default port, or no host that can be written in ASCII.</returns>
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
