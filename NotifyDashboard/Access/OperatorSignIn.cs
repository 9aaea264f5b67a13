using Microsoft.AspNetCore.Authentication;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary>
/// The outcome of a sign-in. <paramref name="Left"/>: attempts left before the throttle applies. <paramref name="Wait"/>: how long to wait, if it applies.
/// <paramref name="IsBusy"/>: too many sign-ins are waiting; the password was not checked and the attempt not counted.
/// </summary>
internal readonly record struct SignInOutcome(bool SignedIn, int Left = 0, TimeSpan Wait = default, bool IsBusy = false);

/// <summary>Signs operators in and out with the cookie, and lets them change their own password.</summary>
internal sealed class OperatorSignIn(
    IOperatorStore operators, OperatorPasswords passwords, PasswordLimiter turns, SignInThrottle throttle, OperatorSessions sessions, IAuditLog audit, ILogger<OperatorSignIn> log)
{
    public async Task<SignInOutcome> TryAsync(HttpContext context, string? name, string? password, bool stay)
    {
        var (outcome, found) = await CheckAsync(context, name, password);
        return (found is null || await SignInAsync(context, found, stay)) ? outcome : new(false, SignInThrottle.Free);
    }

    /// <returns>False when the operator's rights have changed since <paramref name="signedIn"/> was read; no session begins then.</returns>
    public async Task<bool> SignInAsync(HttpContext context, Operator signedIn, bool stay = true)
    {
        if (await sessions.BeginAsync(context, signedIn, new(AuditActions.SignedIn, new(signedIn.Name, Address(context)))) is not { } session) return false;
        await context.SignInAsync(Schemes.Cookie, context.User = OperatorPrincipal.Create(signedIn, session), new() { IsPersistent = stay });
        AccessLog.SignedIn(log, signedIn.Name);
        return true;
    }

    public async Task SignOutAsync(HttpContext context)
    {
        var name = context.User.Identity?.Name ?? "";
        if (OperatorPrincipal.Read(context.User) is var (id, session)) await sessions.EndAsync(session, id, new(AuditActions.SignedOut, new(name, Address(context))));
        await context.SignOutAsync(Schemes.Cookie);
        AccessLog.SignedOut(log, name);
    }

    /// <summary>Changes the user's own password. Verifies and throttles the old one like a sign-in; the caller has validated the new one. Ends all sessions, and begins a new one here.</summary>
    public async Task<SignInOutcome> ChangePasswordAsync(HttpContext context, string? old, string password)
    {
        var (outcome, found) = await CheckAsync(context, context.User.Identity?.Name, old);
        if (found is null) return outcome;
        var changed = found with { PasswordHash = passwords.Hash(password) };
        var actor = new Actor(found.Name, Address(context)) { Session = OperatorPrincipal.Read(context.User)?.Session };
        try
        {
            if (!await operators.ChangePasswordAsync(found.Id, found.PasswordHash, changed.PasswordHash, new(AuditActions.PasswordChanged, actor, found.Name))) return new(false, SignInThrottle.Free);
        }
        catch (SessionEndedException)
        {
            return new(false, SignInThrottle.Free);
        }
        sessions.OnEnded(found.Id);
        return await SignInAsync(context, changed) ? outcome : new(false, SignInThrottle.Free);
    }

    public static string? Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();

    private async Task<(SignInOutcome Outcome, Operator? Found)> CheckAsync(HttpContext context, string? name, string? password)
    {
        // An invalid name is throttled and verified like any other, but not logged, because it may contain invisible characters.
        var known = OperatorName.FindError(name, out var clean) is null;
        var address = context.Connection.RemoteIpAddress;
        var shown = known ? clean : "(no name)";
        // No operator can have such a password. It is not counted: otherwise cheap requests with invented names could evict real entries from the throttle.
        if (OperatorPasswords.IsTooLong(password)) return (new(false, SignInThrottle.Free), null);
        using var turn = await turns.TakeAsync(address, context.RequestAborted);
        if (turn is null) return (new(false, IsBusy: true), null);
        if (!throttle.TryBegin(clean, address, UnknownProxy.IsBefore(context.Request), out var wait, out var left))
        {
            AccessLog.SignInThrottled(log, shown, $"{address}", wait);
            return (new(false, Wait: wait), null);
        }
        var found = known ? await operators.FindAsync(clean, context.RequestAborted) : null;
        if (!passwords.Matches(found?.PasswordHash, password ?? "") || found is not { IsDisabled: false })
        {
            AccessLog.SignInRefused(log, shown, $"{address}");
            // Only names of existing operators are recorded: users sometimes type a password into the name field.
            await audit.AddAsync(new(left == 0 ? AuditActions.SlowedDown : AuditActions.SignInRefused, AuditActors.Nobody(Address(context)), found?.Name ?? "an unknown name"));
            return (new(false, left), null);
        }
        throttle.Succeeded(clean, address);
        return (new(true), found);
    }
}
