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
        Assert.Null(OperatorName.FindError(name, out var clean));
        Assert.Equal(name.Trim(), clean);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ma\nra")]
    [InlineData("ma\u202Era")]
    [InlineData("ma\u200Bra")]
    [InlineData("ma\u0085ra")]
    [InlineData("ma\u2067ra")]
    [InlineData("\uFEFFmara")]
    [InlineData("\u200D")]
    [InlineData("\u200E \u200F")]
    public void Empty_operator_name_and_invisible_characters_are_refused(string? name) => Assert.NotNull(OperatorName.FindError(name, out _));

    [Theory]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\u0D28\u0D4D\u200D")]
    [InlineData("\u05D3\u05E0\u05D4\u200F (QA)\u200E")]
    public void Joiners_and_direction_marks_are_part_of_a_name(string name)
    {
        Assert.Null(OperatorName.FindError(name, out var clean));
        Assert.Equal(name, clean);
    }

    [Theory]
    [InlineData("ma\u200Dra")]
    [InlineData("ma\u200Cra\u200E")]
    [InlineData("\u200Fmara")]
    public void Operator_names_that_differ_only_in_joiners_or_direction_marks_are_equal(string name) => Assert.Equal(OperatorName.Key("mara"), OperatorName.Key(name));

    [Fact]
    public void Operator_name_longer_than_64_characters_is_refused()
    {
        Assert.Null(OperatorName.FindError(new string('m', 64), out _));
        Assert.NotNull(OperatorName.FindError(new string('m', 65), out _));
    }

    [Fact]
    public void Operator_names_that_differ_only_in_case_or_composition_are_equal()
    {
        Assert.Equal(OperatorName.Key("Jos\u00E9"), OperatorName.Key("jose\u0301"));
        Assert.NotEqual(OperatorName.Key("mara"), OperatorName.Key("maria"));
    }
}
