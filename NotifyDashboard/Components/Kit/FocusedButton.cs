using MudBlazor;

namespace NotifyDashboard.Components.Kit;

/// <summary>Has the focus when it appears. A dialog draws its buttons after itself, so neither its own first render nor the kit's <see cref="DefaultFocus"/> finds them.</summary>
public sealed class FocusedButton : MudButton
{
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (firstRender) await FocusAsync();
    }
}
