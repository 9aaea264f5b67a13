namespace NotifyDashboard;

/// <summary>Whether to point at the demo, which an option switches off.</summary>
internal static class DemoLink
{
    public const string Path = "/demo";

    public static bool IsOn(IConfiguration configuration) => configuration.GetValue("Demo:Enabled", true);
}
