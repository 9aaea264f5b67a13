using NotifyDashboard.Hub;

namespace NotifyDashboard.Components.Pages.History;

/// <summary>That a notification is over, as an operator says it.</summary>
internal static class RetractionWords
{
    public static string Label(Retraction retraction) => retraction.Reason switch
    {
        Retraction.Collapsed => "Replaced",
        Retraction.Expired => "Expired",
        _ => "Taken back",
    };

    public static string By(Retraction retraction) => retraction.Reason switch
    {
        Retraction.Collapsed => $"Replaced by a newer one of {retraction.By}",
        Retraction.Expired => "Its time was over",
        _ => $"Taken back by {retraction.By}",
    };

    /// <summary>Whether there is nothing left to show but that it was there.</summary>
    public static bool IsErased(Notification notification) => notification.Retraction is { Reason: not Retraction.Expired };
}
