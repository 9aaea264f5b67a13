using NotifyDashboard.Components.Pages.SignIn;

namespace NotifyDashboard.Tests.Components.Pages.SignIn;

public sealed class AccountFormTests
{
    [Fact]
    public void A_good_form_has_none_and_its_name_is_kept_trimmed()
    {
        Assert.True(AccountFaults.Of(new() { Name = " mara ", Password = "horse battery 7", Again = "horse battery 7" }, out var name).IsNone);
        Assert.Equal("mara", name);
    }

    [Fact]
    public void An_empty_form_has_a_fault_at_name_and_password_only()
    {
        var faults = AccountFaults.Of(new(), out _);
        Assert.NotNull(faults.Name);
        Assert.Equal(("Use at least 12 characters.", null), (faults.Password, faults.Again));
    }

    [Fact]
    public void All_faults_of_a_password_stand_at_it_together() =>
        Assert.Equal("Use at least 12 characters. Leave your name out of it.", AccountFaults.Of(new() { Name = "mara", Password = "mara1", Again = "mara1" }, out _).Password);

    [Fact]
    public void Two_different_passwords_are_a_fault_of_the_second() =>
        Assert.Equal("The two passwords differ. Type both again.", AccountFaults.Of(new() { Name = "mara", Password = "horse battery 7", Again = "horse battery 8" }, out _).Again);
}
