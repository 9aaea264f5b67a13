using System.Net;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Operating;

/// <summary>Options for a hub behind a proxy. Configuration section <c>Proxy</c>.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>
    /// Trusted proxies, whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are used: addresses (<c>10.0.0.7</c>) or networks
    /// (<c>10.0.0.0/24</c>). Default: none; the headers are then ignored, because anyone could send them.
    /// </summary>
    public IList<string> Known { get; } = [];

    /// <summary>The path under which the proxy exposes the hub, such as <c>/notify</c>. The proxy may forward or remove it. Default: none.</summary>
    public string PathBase { get; set; } = "";

    internal static bool TryParse(string? text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address) && IsWhole(address, text))
        {
            network = new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
            return true;
        }
        return IPNetwork.TryParse(text, out network) && IsWhole(network.BaseAddress, text!.Split('/')[0]);
    }

    // The .NET parser reads "10.0.0" as 10.0.0.0, and "010.0.0.7" as 8.0.0.7.
    private static bool IsWhole(IPAddress address, string text) => address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork || address.ToString() == text;
}

internal sealed class ProxyOptionsValidator : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        for (var i = 0; i < options.Known.Count; i++)
        {
            if (!ProxyOptions.TryParse(options.Known[i], out _))
                return ValidateOptionsResult.Fail($"{ProxyOptions.Section}:Known:{i} is \"{options.Known[i]}\"; give an address such as \"10.0.0.7\" or a network such as \"10.0.0.0/24\".");
        }
        return IsPathBase(options.PathBase) ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{ProxyOptions.Section}:PathBase is \"{options.PathBase}\"; give a path such as \"/notify\", without a slash at its end.");
    }

    // The value is used in the page's <base> and in redirects, so characters with a special meaning there are refused, not escaped.
    private static bool IsPathBase(string path) => path.Length == 0
        || (path[0] == '/' && path[^1] != '/' && !path.Contains("//", StringComparison.Ordinal) && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '~'));
}
