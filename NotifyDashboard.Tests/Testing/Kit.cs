using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace NotifyDashboard.Tests.Testing;

/// <summary>The kit in component tests.</summary>
internal static class Kit
{
    /// <summary>What opens above a page is looked for in a provider that the test renders itself, where it needs one. The kit's own timer runs in the test's time: it is out of the way.</summary>
    public static void AddKit(this IServiceCollection services) => services.AddMudServices(kit =>
    {
        kit.PopoverOptions.CheckForPopoverProvider = false;
        kit.PopoverOptions.QueueDelay = TimeSpan.FromDays(1);
    });
}
