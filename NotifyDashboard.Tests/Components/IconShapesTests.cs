using NotifyDashboard.Components;

namespace NotifyDashboard.Tests.Components;

public class IconShapesTests
{
    [Fact]
    public void An_unknown_icon_is_a_mistake_of_the_page() => Assert.Throws<ArgumentException>(() => IconShapes.Of("unicorn"));
}
