using Bunit;
using NotifyDashboard.Access;
using NotifyDashboard.Components.Pages.SignIn;

namespace NotifyDashboard.Tests.Components.Pages.SignIn;

public sealed class AccountFieldTests : BunitContext
{
    [Fact]
    public void Field_with_a_validation_error_is_marked_invalid_and_describes_the_error()
    {
        var field = Render<AccountField>(p => p.Add(f => f.Id, "name").Add(f => f.Label, "Name").Add(f => f.Error, "Give a name."));
        var input = field.Find("input");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Contains("name-error", input.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal("Give a name.", field.Find("#name-error").TextContent);
    }

    [Fact]
    public void Field_without_a_validation_error_is_not_marked_invalid()
    {
        var field = Render<AccountField>(p => p.Add(f => f.Id, "name").Add(f => f.Label, "Name"));
        Assert.False(field.Find("input").HasAttribute("aria-invalid"));
        Assert.Empty(field.FindAll("[aria-invalid], .hint.bad, button"));
    }

    [Fact]
    public void A_password_is_hidden_and_can_be_shown()
    {
        var field = Render<AccountField>(p => p.Add(f => f.Id, "password").Add(f => f.Label, "Password").Add(f => f.IsPassword, true));
        Assert.Equal("password", field.Find("input").GetAttribute("type"));
        Assert.Equal("Show what is typed in “Password”", field.Find("[data-show=password]").GetAttribute("aria-label"));
    }

    [Fact]
    public void The_checklist_names_the_rules_that_the_server_checks()
    {
        var list = Render<PasswordChecklist>(p => p.Add(l => l.PasswordId, "password").Add(l => l.NameId, "name"));
        Assert.Equal(["At least 12 characters", "Does not contain your name", "Not one of the most used passwords"], list.FindAll("li").Select(li => li.TextContent.Trim()));
        Assert.Equal(($"{PasswordRules.MinLength}", $"{PasswordRules.MinNameLength}"), (list.Find("ul").GetAttribute("data-min"), list.Find("ul").GetAttribute("data-min-name")));
    }
}
