using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>The words for a notification that was retracted, replaced, or has expired.</summary>
internal static class RetractionWords
{
    public static string Label(Retraction retraction) => retraction.Reason switch
    {
        Retraction.Collapsed => "Replaced",
        Retraction.Expired => "Expired",
        _ => "Retracted",
    };

    public static string By(Retraction retraction) => retraction.Reason switch
    {
        Retraction.Collapsed => $"Replaced by a newer one from {retraction.By}",
        Retraction.Expired => "Expired",
        _ => $"Retracted by {retraction.By}",
    };

    /// <returns>A name of <see cref="IconShapes"/>.</returns>
    public static string Icon(Retraction retraction) => retraction.Reason switch
    {
        Retraction.Collapsed => "retry",
        Retraction.Expired => "clock",
        _ => "undo",
    };

    /// <summary>Whether its content is deleted.</summary>
    public static bool IsErased(Notification notification) => notification.Retraction is { Reason: not Retraction.Expired };
}
