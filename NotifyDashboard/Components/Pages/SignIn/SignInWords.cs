using System.Globalization;
using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Pages.SignIn;

/// <summary>The sentences of the sign-in page. A wrong name and a wrong password give the same one, so that guessing reveals neither.</summary>
internal static class SignInWords
{
    private const int WarnAt = 2;

    public static string FindError(SignInOutcome outcome) => outcome switch
    {
        { IsBusy: true } => "Too many sign-ins at once. Try again in a moment.",
        { Wait: var wait } when wait > TimeSpan.Zero => $"Too many wrong passwords. Try again in {Duration(wait)}.",
        { Left: 0 } => "Name or password is wrong. This address now waits for a while.",
        { Left: <= WarnAt } => $"Name or password is wrong. After {outcome.Left} more wrong {(outcome.Left == 1 ? "one" : "ones")} this address waits for 30 seconds.",
        _ => "Name or password is wrong.",
    };

    /// <summary>For a signed-in operator who gave a wrong old password.</summary>
    public static string OldPasswordError(SignInOutcome outcome) =>
        outcome.IsBusy || outcome.Wait > TimeSpan.Zero ? FindError(outcome) : "The old password is wrong. Nothing was changed.";

    public static string Seconds(TimeSpan wait) => Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan wait) => wait <= TimeSpan.FromSeconds(90)
        ? $"{Seconds(wait)} s"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalMinutes)} minutes");
}
