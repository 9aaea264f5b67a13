using NotifyDashboard.Components;

namespace NotifyDashboard.Tests.Components;

public class IconShapesTests
{
    [Fact]
    public void Unknown_icon_name_throws_ArgumentException() => Assert.Throws<ArgumentException>(() => IconShapes.Of("unicorn"));
}
