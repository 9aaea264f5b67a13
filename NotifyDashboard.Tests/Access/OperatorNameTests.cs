using NotifyDashboard.Access;

namespace NotifyDashboard.Tests.Access;

public class OperatorNameTests
{
    [Theory]
    [InlineData("m")]
    [InlineData("Mara Lindgren")]
    [InlineData("  mara  ")]
    public void An_ordinary_name_is_kept_trimmed(string name)
    {
        Assert.Null(OperatorName.Fault(name, out var clean));
        Assert.Equal(name.Trim(), clean);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ma\nra")]
    [InlineData("ma\u202Era")]
    [InlineData("ma\u200Bra")]
    public void Nothing_and_invisible_characters_are_refused(string? name) => Assert.NotNull(OperatorName.Fault(name, out _));

    [Fact]
    public void Length_ends_at_64()
    {
        Assert.Null(OperatorName.Fault(new string('m', 64), out _));
        Assert.NotNull(OperatorName.Fault(new string('m', 65), out _));
    }

    [Fact]
    public void Case_and_composition_make_no_other_name()
    {
        Assert.Equal(OperatorName.Key("Jos\u00E9"), OperatorName.Key("jose\u0301"));
        Assert.NotEqual(OperatorName.Key("mara"), OperatorName.Key("maria"));
    }
}
