namespace NotifyDashboard.Access;

/// <summary>Log messages about access. They contain names, never passwords, keys or links.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(2000, LogLevel.Information, "Operator {Name} signed in.")]
    public static partial void SignedIn(ILogger log, string name);

    [LoggerMessage(2001, LogLevel.Warning, "Sign-in as {Name} from {Address} was refused: wrong name or password.")]
    public static partial void SignInRefused(ILogger log, string name, string address);

    [LoggerMessage(2002, LogLevel.Warning, "Sign-in as {Name} from {Address} was refused: too many wrong passwords, waits {Wait}.")]
    public static partial void SignInThrottled(ILogger log, string name, string address, TimeSpan wait);

    [LoggerMessage(2003, LogLevel.Information, "Operator {Name} signed out.")]
    public static partial void SignedOut(ILogger log, string name);

    [LoggerMessage(2004, LogLevel.Information, "Set-up completed: {Name} is the first operator.")]
    public static partial void SetUpCompleted(ILogger log, string name);

    [LoggerMessage(2005, LogLevel.Information, "Bootstrap made the operator {Name}.")]
    public static partial void BootstrapOperator(ILogger log, string name);

    [LoggerMessage(2006, LogLevel.Information, "Bootstrap set its API key; an earlier one is worthless.")]
    public static partial void BootstrapKey(ILogger log);

    [LoggerMessage(2007, LogLevel.Warning, "When API keys were last used could not be written; it is tried again in a minute.")]
    public static partial void UsesNotWritten(ILogger log, Exception exception);

    [LoggerMessage(2008, LogLevel.Warning, "A recipient's token was refused: {Reason}. (Said once a minute.)")]
    public static partial void TokenRefused(ILogger log, string reason);

    [LoggerMessage(2009, LogLevel.Warning, "The keys at {Url} could not be read, and those read before go on to count: {Reason}")]
    public static partial void JwksNotRead(ILogger log, string url, string reason);

    [LoggerMessage(2011, LogLevel.Warning, "A recipient's token is good for {Lifetime}: until then it cannot be taken back, whoever has it. Let the issuer make shorter ones, or set Access:Tokens:MaxLifetime. (Said once a minute.)")]
    public static partial void TokenLivesLong(ILogger log, TimeSpan lifetime);

    [LoggerMessage(2010, LogLevel.Warning, "A page of {Origin} may not use {Path}: its origin is not allowed. If it is to be, add it to Access:AllowedOrigins (Access__AllowedOrigins__0={Setting}). (Said once a minute.)")]
    public static partial void OriginRefused(ILogger log, string origin, string path, string setting);
}
