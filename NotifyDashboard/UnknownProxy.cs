namespace NotifyDashboard;

/// <summary>Detects a proxy that is missing from <c>Proxy:Known</c>: the hub then sees all its visitors under the proxy's address.</summary>
internal static class UnknownProxy
{
    /// <summary>Advice for log messages about the limit of an address that may be an undeclared proxy.</summary>
    public const string Hint = "If this is your proxy's address, name it in Proxy:Known (Proxy__Known__0): until then all its visitors count as one.";

    /// <summary>
    /// Whether the request seems to have passed an undeclared proxy. Anyone can send the header. It affects log messages, and it raises the sign-in
    /// limit of the address (<see cref="Access.SignInThrottle.FreePerCrowd"/>), but not that of a name from an address.
    /// </summary>
    public static bool IsBefore(HttpRequest request) => request.Headers.ContainsKey("X-Forwarded-For");

    /// <summary>The suffix of a log message about this request: a space and the hint, or nothing.</summary>
    public static string HintFor(HttpRequest request) => IsBefore(request) ? $" {Hint}" : "";
}
