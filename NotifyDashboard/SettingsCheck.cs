using System.Globalization;

namespace NotifyDashboard;

/// <summary>Checks rules that apply to every setting, and settings without an options class, before any resource is opened.</summary>
internal static class SettingsCheck
{
    // The environment also contains variables of other programs, so only the hub's own sections are checked.
    private static readonly string[] Sections = ["Urls", "AllowedHosts", "Storage", "Access", "Proxy", "Demo", "Publishing", "Connections", "Circuits", "Streams", "Retention", "Inbox", "Hub"];

    // The binder silently ignores a single value where a list is expected, so the setting would have no effect.
    private static readonly string[] Lists = ["Access:AllowedOrigins", "Access:Tokens:Keys", "Proxy:Known", "Retention:Topics"];

    /// <exception cref="StartException">A value is wrong.</exception>
    public static void Run(IConfiguration configuration)
    {
        var values = Sections.SelectMany(section => configuration.GetSection(section).AsEnumerable());
        if ((Failure(values) ?? ListFailure(configuration) ?? HostFailure(configuration["AllowedHosts"])) is { } failure) throw new StartException(failure);
    }

    // A value read from a file often ends with a line end, and then no password, host or key matches. The value may be a secret, so the error does not show it.
    private static string? Failure(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var wrong = values.FirstOrDefault(pair => pair.Value is { } value && value.Any(c => IsControl(c) && !(IsPem(pair.Key) && c is '\r' or '\n' or '\t')));
        return wrong.Key is { } key ? $"{key} holds a line end or another control character; give the value without it." : null;
    }

    private static bool IsControl(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsPem(string key) => key.EndsWith(":PublicKey", StringComparison.OrdinalIgnoreCase);

    private static string? ListFailure(IConfiguration configuration) => Lists.FirstOrDefault(key => !string.IsNullOrEmpty(configuration[key])) is { } list
        ? $"{list} is a list; set {list}:0 ({list.Replace(":", "__", StringComparison.Ordinal)}__0), {list}:1 and so on."
        : null;

    private static string? HostFailure(string? hosts) => hosts?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(host => !IsHost(host)) is { } wrong
        ? $"AllowedHosts holds \"{wrong}\"; give host names without a port, with \";\" between them, such as \"hub.example;*.hub.example\"."
        : null;

    // The host filtering middleware would find a wrong value only at the first request, and answer every request with 500.
    private static bool IsHost(string host)
    {
        if (host == "*") return true;
        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        return Uri.CheckHostName(name) switch
        {
            UriHostNameType.IPv4 => true,
            UriHostNameType.IPv6 => name[0] == '[',
            UriHostNameType.Dns => Uri.TryCreate($"http://{name}/", UriKind.Absolute, out var url) && Uri.CheckHostName(url.IdnHost) == UriHostNameType.Dns,
            _ => false,
        };
    }
}
