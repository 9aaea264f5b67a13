using Bunit;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Components;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Tests.Testing;

/// <summary>For tests of a page over a real hub and a real database, in time that moves only when told.</summary>
public abstract class HubPageContext : BunitContext, IAsyncLifetime
{
    private protected ManualTime Time { get; } = new();

    private protected TestHub Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Store = await TestHub.StartAsync(time: Time);
        // What the pages ask of the browser, the browser's own tests show.
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Time).AddSingleton(Store.Hub).AddSingleton<INotificationLog>(Store.Log).AddSingleton<INotificationEncoder>(Store.Encoder).AddSingleton<IDeliveryStore>(Store.Deliveries).AddHttpContextAccessor().AddScoped<CircuitAddress>().AddScoped<CircuitRights>().AddSingleton(Store.OperatorSessions).AddSingleton<OperatorSessions>().AddScoped<ActionGuard>().AddScoped<BrowserZone>().AddScoped<BrowserState>();
        Services.AddKit();
        DefaultWaitTimeout = TimeSpan.FromSeconds(15);
    }

    /// <summary>Everything stored, newest first.</summary>
    private protected async Task<IReadOnlyList<Notification>> StoredAsync() => (await
        Store.Log.ReadHistoryAsync(new HistoryQuery(TopicFilter.Everything, TopicFilter.Everything, Limit: 100_000), Xunit.TestContext.Current.CancellationToken)).Notifications;

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await Store.DisposeAsync();
    }
}
