namespace NotifyDashboard.Access;

/// <summary>Names of the authentication schemes.</summary>
internal static class Schemes
{
    /// <summary>The default: hands each request to the one scheme that decides it.</summary>
    public const string Default = "access";

    public const string Cookie = "cookie";
    public const string ApiKey = "api-key";
}
