using NotifyDashboard.Access;

namespace NotifyDashboard.Tests.Access;

public class PasswordRulesTests
{
    [Theory]
    [InlineData("horse battery 7")]
    [InlineData("Vierzehn Störche")]
    [InlineData("xkq8-vmz2-ptw4")]
    public void A_long_uncommon_password_is_accepted(string password) => Assert.Empty(PasswordRules.FindErrors(password, "mara"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("elevenchars")]
    public void Password_with_fewer_than_twelve_characters_is_refused(string? password) =>
        Assert.Contains("Use at least 12 characters.", PasswordRules.FindErrors(password, "mara"));

    [Fact]
    public void A_character_outside_the_basic_plane_counts_once()
    {
        Assert.Contains("Use at least 12 characters.", PasswordRules.FindErrors("🐎🔋🐎🐄🐏🐑", "mara"));
    }

    [Fact]
    public void Password_longer_than_256_characters_is_refused()
    {
        var long256 = string.Concat(Enumerable.Range(0, 64).Select(i => $"k{i:000}"));
        Assert.Empty(PasswordRules.FindErrors(long256, "mara"));
        Assert.Equal(["Use at most 256 characters."], PasswordRules.FindErrors(long256 + "x", "mara"));
    }

    [Theory]
    [InlineData("horse-mara-battery", "mara")]
    [InlineData("horse-MARA-battery", "mara")]
    [InlineData("maria-magdalena", "Maria-Magdalena")]
    [InlineData("horse-mara-battery", " mara ")]
    public void Password_that_contains_the_operator_name_in_any_case_is_refused(string password, string name) =>
        Assert.Equal(["Leave your name out of it."], PasswordRules.FindErrors(password, name));

    [Fact]
    public void Password_may_contain_an_operator_name_of_two_letters() => Assert.Empty(PasswordRules.FindErrors("horse battery 7", "or"));

    [Theory]
    [InlineData("password1234")]
    [InlineData("PASSWORD1234")]
    [InlineData("password98765!")]
    [InlineData("P@ssw0rd20240101")]
    [InlineData("summer123456789")]
    [InlineData("qwertyuiop12")]
    [InlineData("correcthorsebatterystaple")]
    [InlineData("aaaaaaaaaaaaaa")]
    [InlineData("abcabcabcabcab")]
    [InlineData("123456789012")]
    [InlineData("098765432109")]
    [InlineData("abcdefghijkl")]
    [InlineData("lkjihgfedcba")]
    public void Common_password_is_refused(string password) =>
        Assert.Equal(["It is too common. Choose another."], PasswordRules.FindErrors(password, "mara"));

    [Fact]
    public void All_password_errors_are_reported_at_once() => Assert.Equal(2, PasswordRules.FindErrors("mara", "mara").Count);

    [Fact]
    public void Every_listed_common_password_is_recognised_and_reaches_the_minimum_length()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("NotifyDashboard.Access.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        var listed = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(listed.Length >= 150);
        Assert.All(listed, password => Assert.True(password.Length >= PasswordRules.MinLength && CommonPasswords.Contains(password), password));
    }
}
