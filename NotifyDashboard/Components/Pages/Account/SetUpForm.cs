using NotifyDashboard.Access;

namespace NotifyDashboard.Components.Pages.Account;

/// <summary>What the set-up page sends.</summary>
internal sealed class SetUpForm
{
    public string? Name { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}

/// <summary>What is wrong with it, by field, all at once.</summary>
internal sealed record SetUpFaults(string? Name, string? Password, string? Again)
{
    public static readonly SetUpFaults None = new(null, null, null);

    public bool IsNone => this == None;

    /// <param name="form">As it was sent.</param>
    /// <param name="name">The name as it will be kept.</param>
    public static SetUpFaults Of(SetUpForm form, out string name)
    {
        var nameFault = OperatorName.Fault(form.Name, out name);
        var password = PasswordRules.Faults(form.Password, form.Name);
        return new(nameFault, password.Count == 0 ? null : string.Join(" ", password), form.Password == form.Again ? null : "The two passwords differ. Type both again.");
    }
}
