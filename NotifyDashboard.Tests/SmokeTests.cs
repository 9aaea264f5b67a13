namespace NotifyDashboard.Tests;

public class SmokeTests
{
    [Fact]
    public void Bunit_renders()
    {
        using var context = new Bunit.BunitContext();
        Assert.NotNull(context);
    }
}
