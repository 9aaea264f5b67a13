namespace NotifyDashboard.Components.Pages.SignIn;

/// <summary>What the sign-in page shows in the place of name and password, where one is registered.</summary>
/// <param name="Component">A component with the parameter <c>ReturnUrl</c>: an address of this hub, or empty.</param>
internal sealed record SignInForm(Type Component);
