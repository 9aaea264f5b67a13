using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Pages.SignIn;

/// <summary>The form of a page that creates an account or sets its password.</summary>
internal sealed class AccountForm
{
    public string? Name { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}

/// <summary>The validation errors of the form, by field.</summary>
internal sealed record AccountErrors(string? Name, string? Password, string? Again)
{
    public static readonly AccountErrors None = new(null, null, null);

    public bool IsNone => this == None;

    /// <param name="form">As it was sent.</param>
    /// <param name="name">The name as it will be kept.</param>
    public static AccountErrors Of(AccountForm form, out string name)
    {
        var nameError = OperatorName.FindError(form.Name, out name);
        return OfPassword(form, form.Name) with { Name = nameError };
    }

    /// <summary>Of the password alone, for an operator of that name.</summary>
    public static AccountErrors OfPassword(AccountForm form, string? name)
    {
        var password = PasswordRules.FindErrors(form.Password, name);
        return new(null, password.Count == 0 ? null : string.Join(" ", password), form.Password == form.Again ? null : "The two passwords differ. Type both again.");
    }
}
