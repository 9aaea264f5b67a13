using MudBlazor;

namespace NotifyDashboard.Components.Kit;

/// <summary>Asks by <see cref="Question"/>.</summary>
internal static class Questions
{
    /// <inheritdoc cref="Question"/>
    /// <returns>Whether it is to be done.</returns>
    public static async Task<bool> AskAsync(this IDialogService dialogs, string title, string consequence, string act)
    {
        var parameters = new DialogParameters<Question> { { question => question.Title, title }, { question => question.Consequence, consequence }, { question => question.Act, act } };
        var dialog = await dialogs.ShowAsync<Question>(null, parameters);
        return await dialog.Result is { Canceled: false };
    }
}
