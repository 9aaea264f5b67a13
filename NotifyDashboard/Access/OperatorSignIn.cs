using Microsoft.AspNetCore.Authentication;

namespace NotifyDashboard.Access;

/// <summary>
/// How a sign-in ended. <paramref name="Left"/>: attempts before the wait; <paramref name="Wait"/>: how long, when it has come to that.
/// <paramref name="IsBusy"/>: nothing was compared or counted, because too many others wait.
/// </summary>
internal readonly record struct SignInOutcome(bool SignedIn, int Left = 0, TimeSpan Wait = default, bool IsBusy = false);

/// <summary>Signs operators in and out with the cookie.</summary>
internal sealed class OperatorSignIn(IOperatorStore operators, OperatorPasswords passwords, PasswordTurns turns, SignInThrottle throttle, ILogger<OperatorSignIn> log)
{
    public async Task<SignInOutcome> TryAsync(HttpContext context, string? name, string? password, bool stay)
    {
        // What can be no operator's name is counted and compared like any other, and logged without its invisible characters.
        var known = OperatorName.Fault(name, out var clean) is null;
        var address = context.Connection.RemoteIpAddress;
        var shown = known ? clean : "(no name)";
        // Can be nobody's: not counted, or made-up names at no cost would push the counted ones out of the throttle.
        if (OperatorPasswords.IsTooLong(password)) return new(false, SignInThrottle.Free);
        using var turn = await turns.TakeAsync(context.RequestAborted);
        if (!turn.IsAcquired) return new(false, IsBusy: true);
        if (!throttle.TryBegin(clean, address, out var wait, out var left))
        {
            AccessLog.SignInThrottled(log, shown, $"{address}", wait);
            return new(false, Wait: wait);
        }
        var found = known ? await operators.FindAsync(clean, context.RequestAborted) : null;
        if (!passwords.Matches(found?.PasswordHash, password ?? ""))
        {
            AccessLog.SignInRefused(log, shown, $"{address}");
            return new(false, left);
        }
        throttle.Succeeded(clean, address);
        await SignInAsync(context, found!, stay);
        return new(true);
    }

    public async Task SignInAsync(HttpContext context, Operator signedIn, bool stay = true)
    {
        await context.SignInAsync(Schemes.Cookie, OperatorPrincipal.Create(signedIn), new() { IsPersistent = stay });
        AccessLog.SignedIn(log, signedIn.Name);
    }

    public async Task SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(Schemes.Cookie);
        AccessLog.SignedOut(log, context.User.Identity?.Name ?? "");
    }
}
