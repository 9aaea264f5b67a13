using Microsoft.Extensions.Options;

namespace NotifyDashboard.Access;

/// <summary>The hub's own origin and those of <see cref="AccessOptions.AllowedOrigins"/>.</summary>
internal sealed class KnownOrigins(IOptions<AccessOptions> options)
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins.Select(Origins.Normalize).OfType<string>(), StringComparer.OrdinalIgnoreCase);

    public bool Has(HttpRequest request, string origin) => origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) || _allowed.Contains(origin);
}
