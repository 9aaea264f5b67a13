namespace NotifyDashboard.EndToEnd;

public class SmokeTests
{
    [Fact]
    public void Runs() => Assert.NotNull(typeof(Microsoft.Playwright.IPlaywright));
}
