using NotifyDashboard.Components.Pages.SignIn;

namespace NotifyDashboard.Tests.Components.Pages.SignIn;

public sealed class AccountFormTests
{
    [Fact]
    public void Valid_account_form_has_no_errors_and_its_name_is_trimmed()
    {
        Assert.True(AccountErrors.Of(new() { Name = " mara ", Password = "horse battery 7", Again = "horse battery 7" }, out var name).IsNone);
        Assert.Equal("mara", name);
    }

    [Fact]
    public void Empty_account_form_reports_errors_for_name_and_password_only()
    {
        var errors = AccountErrors.Of(new(), out _);
        Assert.NotNull(errors.Name);
        Assert.Equal(("Use at least 12 characters.", null), (errors.Password, errors.Again));
    }

    [Fact]
    public void All_errors_of_a_password_are_reported_together() =>
        Assert.Equal("Use at least 12 characters. Leave your name out of it.", AccountErrors.Of(new() { Name = "mara", Password = "mara1", Again = "mara1" }, out _).Password);

    [Fact]
    public void Differing_passwords_are_reported_at_the_repeated_password() =>
        Assert.Equal("The two passwords differ. Type both again.", AccountErrors.Of(new() { Name = "mara", Password = "horse battery 7", Again = "horse battery 8" }, out _).Again);
}
