using System.Security.Cryptography;
using NotifyDashboard.Access;

namespace NotifyDashboard.Demo.DemoHub;

/// <summary>
/// Signs the demo hub's operator in without a password: once, within <see cref="Lifetime"/>, and only over a direct connection from this machine.
/// The link in the terminal has a secret token. The button has none, so its connection must belong to the user who runs the hub.
/// </summary>
internal sealed class OneClickSignIn(IOperatorStore operators, OperatorSignIn signIn, TimeProvider time)
{
    public const string Path = "/sign-in/demo", OperatorName = "Demo operator";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private int _used;

    /// <summary>The token of the link: 256 random bits.</summary>
    public string Token { get; } = OneTimeToken.Create();

    public DateTimeOffset Until { get; } = time.GetUtcNow() + Lifetime;

    /// <summary>Whether the sign-in is neither used nor expired.</summary>
    public bool IsOpen => Volatile.Read(ref _used) == 0 && time.GetUtcNow() < Until;

    /// <summary>Whether the sign-in page shows the button to this request.</summary>
    public bool IsOfferedTo(HttpContext context) => IsOpen && LocalPeer.IsDirect(context) && LocalPeer.IsOwnUser(context.Connection);

    /// <returns>False when the button is not valid for this request.</returns>
    public async Task<bool> TryButtonAsync(HttpContext context) => IsOfferedTo(context) && await SignInAsync(context);

    /// <returns>False when the token is wrong, used or expired, or the request is not local.</returns>
    public async Task<bool> TryLinkAsync(HttpContext context, string? token) =>
        IsOpen && LocalPeer.IsDirect(context) && token is not null
        && CryptographicOperations.FixedTimeEquals(OneTimeToken.Hash(token), OneTimeToken.Hash(Token)) && await SignInAsync(context);

    private async Task<bool> SignInAsync(HttpContext context)
    {
        // The operator is read first, so that a request that is aborted meanwhile does not use the sign-in.
        if (await operators.FindAsync(OperatorName, context.RequestAborted) is not { } found || Interlocked.Exchange(ref _used, 1) != 0) return false;
        return await signIn.SignInAsync(context, found, stay: false);
    }
}
