using MudBlazor;

namespace NotifyDashboard.Components.Kit;

/// <summary>
/// Has the focus when it appears in a dialog. The kit's focus trap takes the focus itself, whatever <see cref="DefaultFocus"/> says (MudBlazor 9.12): it first asks the browser
/// what has the focus, and then moves it. Calls reach the browser in order, so a third one in a row comes after both.
/// </summary>
public sealed class FocusedButton : MudButton
{
    private const int RoundTrips = 3;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (!firstRender) return;
        for (var i = 0; i < RoundTrips; i++) await FocusAsync();
    }
}
