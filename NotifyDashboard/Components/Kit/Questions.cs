using MudBlazor;

namespace NotifyDashboard.Components.Kit;

/// <summary>Asks by <see cref="Question"/>.</summary>
internal static class Questions
{
    /// <summary>Esc leaves things as they are; a slip beside the dialog does nothing.</summary>
    public static readonly DialogOptions Options = new() { CloseOnEscapeKey = true, BackdropClick = false, MaxWidth = MaxWidth.ExtraSmall };

    /// <inheritdoc cref="Question"/>
    /// <returns>Whether it is to be done.</returns>
    public static async Task<bool> AskAsync(this IDialogService dialogs, string title, string consequence, string act)
    {
        var parameters = new DialogParameters<Question> { { question => question.Title, title }, { question => question.Consequence, consequence }, { question => question.Act, act } };
        var dialog = await dialogs.ShowAsync<Question>(null, parameters, Options);
        return await dialog.Result is { Canceled: false };
    }
}
