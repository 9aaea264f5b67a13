using NotifyDashboard.Components.Pages.SignIn;

namespace NotifyDashboard.Tests.Components.Pages.SignIn;

public sealed class SignInWordsTests
{
    [Theory]
    [InlineData(4, "Name or password is wrong.")]
    [InlineData(3, "Name or password is wrong.")]
    [InlineData(2, "Name or password is wrong. After 2 more wrong ones this address waits for 30 seconds.")]
    [InlineData(1, "Name or password is wrong. After 1 more wrong one this address waits for 30 seconds.")]
    [InlineData(0, "Name or password is wrong. This address now waits for a while.")]
    public void Wrong_password_message_warns_of_the_wait_before_it_starts(int left, string words) => Assert.Equal(words, SignInWords.FindError(new(false, left)));

    [Theory]
    [InlineData(0.2, "1 s")]
    [InlineData(30, "30 s")]
    [InlineData(90, "90 s")]
    [InlineData(91, "2 minutes")]
    [InlineData(600, "10 minutes")]
    public void Wait_message_gives_seconds_or_minutes_rounded_up(double seconds, string words) =>
        Assert.Equal($"Too many wrong passwords. Try again in {words}.", SignInWords.FindError(new(false, 3, TimeSpan.FromSeconds(seconds))));
}
