using System.Net;
using Microsoft.Extensions.Options;

namespace NotifyDashboard.Operating;

/// <summary>Where the hub stands behind a proxy. Configuration section <c>Proxy</c>.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>
    /// Proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed: addresses (<c>10.0.0.7</c>) or networks
    /// (<c>10.0.0.0/24</c>). Default: none, and the headers are ignored: anyone could send them.
    /// </summary>
    public IList<string> Known { get; } = [];

    /// <summary>The path under which the proxy shows the hub, such as <c>/notify</c>. It may pass it on or cut it off. Default: none.</summary>
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

    // The parser takes "10.0.0" for 10.0.0.0, and "010.0.0.7" for 8.0.0.7.
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

    // It stands in the page's <base> and in redirects: letters that mean something else there are refused, not escaped.
    private static bool IsPathBase(string path) => path.Length == 0
        || (path[0] == '/' && path[^1] != '/' && !path.Contains("//", StringComparison.Ordinal) && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '~'));
}
