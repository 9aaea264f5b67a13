namespace NotifyDashboard;

/// <summary>A proxy that is not declared in <c>Proxy:Known</c>: all its visitors have its address.</summary>
internal static class UnknownProxy
{
    /// <summary>What a refusal of so many of one address adds, where the reason may be this.</summary>
    public const string Hint = "If this is your proxy's address, name it in Proxy:Known (Proxy__Known__0): until then all its visitors count as one.";

    /// <summary>Whether the request seems to have come through one. Anyone may send the header, so it never grants anything of value.</summary>
    public static bool IsBefore(HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-For");

    /// <summary>What a line of the log adds for this request: the hint after a blank, or nothing.</summary>
    public static string HintFor(HttpRequest request) => IsBefore(request) ? $" {Hint}" : "";
}
