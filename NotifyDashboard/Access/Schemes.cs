namespace NotifyDashboard.Access;

/// <summary>Names of the authentication schemes.</summary>
internal static class Schemes
{
    /// <summary>The default: forwards each request to the scheme of its credential (<see cref="Credentials.SchemeOf"/>).</summary>
    public const string Default = "access";

    public const string Cookie = "cookie";
    public const string ApiKey = "api-key";

    /// <summary>A recipient's token in the header <c>Authorization</c>.</summary>
    public const string Token = "token";

    /// <summary>A recipient's token in the cookie that <c>Access:Tokens:Cookie</c> names.</summary>
    public const string RecipientCookie = "recipient-cookie";

    /// <summary>A ticket in the URL of a stream.</summary>
    public const string Ticket = "ticket";
}
