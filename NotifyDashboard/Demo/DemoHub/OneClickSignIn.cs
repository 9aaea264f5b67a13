using System.Security.Cryptography;
using NotifyDashboard.Access;

namespace NotifyDashboard.Demo.DemoHub;

/// <summary>
/// Signs the demo hub's operator in without a password: once, within <see cref="Lifetime"/>, and only over a direct connection from this machine.
/// The link in the terminal proves itself by its token; the button has none, so its connection must be of the user who runs the hub.
/// </summary>
internal sealed class OneClickSignIn(IOperatorStore operators, OperatorSignIn signIn, TimeProvider time)
{
    public const string Path = "/sign-in/demo", OperatorName = "Demo operator";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private int _used;

    /// <summary>256 random bits, printed once.</summary>
    public string Token { get; } = OneTimeToken.Create();

    public DateTimeOffset Until { get; } = time.GetUtcNow() + Lifetime;

    /// <summary>Whether somebody can still be signed in.</summary>
    public bool IsOpen => Volatile.Read(ref _used) == 0 && time.GetUtcNow() < Until;

    /// <summary>Whether this request may have the button.</summary>
    public bool IsOfferedTo(HttpContext context) => IsOpen && LocalPeer.IsDirect(context) && LocalPeer.IsOwnUser(context.Connection);

    /// <returns>False: the button does not work for this request.</returns>
    public async Task<bool> TryButtonAsync(HttpContext context) => IsOfferedTo(context) && await SignInAsync(context);

    /// <returns>False: the link does not work, or not for this request.</returns>
    public async Task<bool> TryLinkAsync(HttpContext context, string? token) =>
        IsOpen && LocalPeer.IsDirect(context) && token is not null
        && CryptographicOperations.FixedTimeEquals(OneTimeToken.Hash(token), OneTimeToken.Hash(Token)) && await SignInAsync(context);

    private async Task<bool> SignInAsync(HttpContext context)
    {
        // Found before it is used up: a request that is given up meanwhile costs nothing.
        if (await operators.FindAsync(OperatorName, context.RequestAborted) is not { } found || Interlocked.Exchange(ref _used, 1) != 0) return false;
        return await signIn.SignInAsync(context, found, stay: false);
    }
}
