using NotifyDashboard.Hub;

namespace NotifyDashboard.Components;

/// <summary>Severity is colour, shape and word; the icon of the same name is the shape.</summary>
internal static class SeverityWords
{
    public static string Of(string severity) => severity switch
    {
        Severity.Success => "Success",
        Severity.Warning => "Warning",
        Severity.Critical => "Critical",
        _ => "Info",
    };
}
