using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace NotifyDashboard.Components.Kit;

/// <summary>Asks by a dialog, of <see cref="Question"/> or one of a page's own.</summary>
internal static class Questions
{
    /// <inheritdoc cref="Question"/>
    /// <returns>Whether the operator agreed.</returns>
    public static Task<bool> AskAsync(this IDialogService dialogs, string title, string consequence, string act) => dialogs.AskAsync(new DialogParameters<Question>
    {
        { question => question.Title, title },
        { question => question.Consequence, consequence },
        { question => question.Act, act },
    });

    /// <returns>Whether the operator agreed.</returns>
    public static async Task<bool> AskAsync<T>(this IDialogService dialogs, DialogParameters<T> parameters) where T : IComponent
    {
        var dialog = await dialogs.ShowAsync<T>(null, parameters);
        return await dialog.Result is { Canceled: false };
    }
}
