using NotifyDashboard.Access;

namespace NotifyDashboard.Tests.Access;

public class PasswordRulesTests
{
    [Theory]
    [InlineData("horse battery 7")]
    [InlineData("Vierzehn Störche")]
    [InlineData("xkq8-vmz2-ptw4")]
    public void A_long_uncommon_password_is_accepted(string password) => Assert.Empty(PasswordRules.Faults(password, "mara"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("elevenchars")]
    public void Fewer_than_twelve_characters_are_refused(string? password) =>
        Assert.Contains("Use at least 12 characters.", PasswordRules.Faults(password, "mara"));

    [Fact]
    public void A_character_outside_the_basic_plane_counts_once()
    {
        Assert.Contains("Use at least 12 characters.", PasswordRules.Faults("🐎🔋🐎🐄🐏🐑", "mara"));
    }

    [Fact]
    public void Length_ends_at_256()
    {
        var long256 = string.Concat(Enumerable.Range(0, 64).Select(i => $"k{i:000}"));
        Assert.Empty(PasswordRules.Faults(long256, "mara"));
        Assert.Equal(["Use at most 256 characters."], PasswordRules.Faults(long256 + "x", "mara"));
    }

    [Theory]
    [InlineData("horse-mara-battery", "mara")]
    [InlineData("horse-MARA-battery", "mara")]
    [InlineData("maria-magdalena", "Maria-Magdalena")]
    [InlineData("horse-mara-battery", " mara ")]
    public void The_name_in_it_is_refused_whatever_its_case(string password, string name) =>
        Assert.Equal(["Leave your name out of it."], PasswordRules.Faults(password, name));

    [Fact]
    public void A_name_of_two_letters_forbids_nothing() => Assert.Empty(PasswordRules.Faults("horse battery 7", "or"));

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
    public void A_common_one_is_refused(string password) =>
        Assert.Equal(["It is too common. Choose another."], PasswordRules.Faults(password, "mara"));

    [Fact]
    public void All_faults_come_at_once() => Assert.Equal(2, PasswordRules.Faults("mara", "mara").Count);

    [Fact]
    public void Every_listed_password_is_found_and_long_enough_to_be_tried()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("NotifyDashboard.Access.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        var listed = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(listed.Length >= 150);
        Assert.All(listed, password => Assert.True(password.Length >= PasswordRules.MinLength && CommonPasswords.Contains(password), password));
    }
}
