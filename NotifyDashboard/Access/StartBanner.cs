using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace NotifyDashboard.Access;

/// <summary>Where the banner goes: the console, never the log, which is kept and shipped elsewhere.</summary>
internal sealed record BannerOutput(TextWriter Writer);

/// <summary>A further page that the banner names.</summary>
internal sealed record BannerLine(string Name, string Path);

/// <summary>Prints at the start where the hub is and what to do next. The set-up link is the only secret it ever shows.</summary>
internal sealed class StartBanner(IServer server, IConfiguration configuration, SetUpLink link, IEnumerable<BannerLine> further, TimeProvider time, BannerOutput output)
{
    public const string DefaultAddress = "http://localhost:5080";

    /// <param name="setUpToken">Null when there is an operator.</param>
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

    /// <summary>"Any address" is nowhere to go to: from this machine it is localhost.</summary>
    public static string Reachable(string bound) =>
        BindingAddress.Parse(bound) is { Host: "0.0.0.0" or "[::]" or "*" or "+" } any ? $"{any.Scheme}://localhost:{any.Port}" : bound;

    /// <summary>Where the hub is, as it is seen from this machine.</summary>
    public string Address() => Reachable(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? DefaultAddress) + configuration["Proxy:PathBase"];
}
