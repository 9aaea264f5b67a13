using System.Globalization;

namespace NotifyDashboard;

/// <summary>Checks, before anything is opened, what holds for every setting or belongs to no options class.</summary>
internal static class SettingsCheck
{
    // The environment holds other programs' variables too: only these sections are the hub's.
    private static readonly string[] Sections = ["Urls", "AllowedHosts", "Storage", "Access", "Proxy", "Demo", "Publishing", "Connections", "Circuits", "Streams", "Retention", "Inbox", "Hub"];

    // The binder would ignore a value in the place of a list: nothing would be allowed, and nobody would know why.
    private static readonly string[] Lists = ["Access:AllowedOrigins", "Access:Tokens:Keys", "Proxy:Known", "Retention:Topics"];

    /// <exception cref="StartException">A value is wrong.</exception>
    public static void Run(IConfiguration configuration)
    {
        var values = Sections.SelectMany(section => configuration.GetSection(section).AsEnumerable());
        if ((Failure(values) ?? ListFailure(configuration) ?? HostFailure(configuration["AllowedHosts"])) is { } failure) throw new StartException(failure);
    }

    // A line end comes along unseen with a value out of a file, and then no password, host or key matches. The value may be a secret: it is not shown.
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

    // The middleware meets a wrong one with the first request only, and would answer each with 500.
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
