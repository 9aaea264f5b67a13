using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace NotifyDashboard.Access;

/// <summary>The output of the banner: the console, never the log, because logs are stored and forwarded.</summary>
internal sealed record BannerOutput(TextWriter Writer);

/// <summary>A further page for the banner to list.</summary>
internal sealed record BannerLine(string Name, string Path);

/// <summary>Prints the hub's address and the next step at the start. The set-up link is the only secret that it shows.</summary>
internal sealed class StartBanner(IServer server, IConfiguration configuration, SetUpLink link, IEnumerable<BannerLine> further, TimeProvider time, BannerOutput output)
{
    public const string DefaultAddress = "http://localhost:5080";

    /// <param name="setUpToken">The token of the set-up link; null when there is an operator.</param>
    public void Print(string? setUpToken)
    {
        var address = Address();
        var lines = new List<string> { "", $"  NotifyDashboard  {address}" };
        if (setUpToken is null) lines.Add($"  Sign in:         {address}/sign-in");
        else
        {
            var until = TimeZoneInfo.ConvertTime(link.Until, time.LocalTimeZone).ToString("HH:mm", CultureInfo.InvariantCulture);
            lines.Add($"  Set up:          {address}/set-up?token={setUpToken}");
            lines.Add($"                   (works once, until {until})");
        }
        lines.AddRange(further.Select(line => $"  {line.Name + ":",-16} {address}{line.Path}"));
        lines.Add("");
        output.Writer.WriteLine(string.Join(Environment.NewLine, lines));
    }

    /// <summary>Replaces "any address", which no browser can open, by localhost.</summary>
    public static string Reachable(string bound) =>
        BindingAddress.Parse(bound) is { Host: "0.0.0.0" or "[::]" or "*" or "+" } any ? $"{any.Scheme}://localhost:{any.Port}" : bound;

    /// <summary>The hub's address as seen from this machine, with the path base.</summary>
    public string Address() => Reachable(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? DefaultAddress) + configuration["Proxy:PathBase"];
}
