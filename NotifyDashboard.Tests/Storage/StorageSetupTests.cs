using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage;

public class StorageSetupTests
{
    [Fact]
    public async Task Changes_accepted_before_the_program_ends_are_stored()
    {
        using var folder = new TemporaryFolder();
        // One commit for each, so that most of them still wait when the services are disposed.
        var builder = WebApplication.CreateBuilder([$"--Storage:ConnectionString=Data Source={folder["hub.db"]}", "--Hub:MaxCommit=1"]);
        builder.Services.AddStorage().AddHub().AddSingleton<INotificationEncoder, EventStreamEncoder>();
        var app = builder.Build();
        app.UseStorage();
        var hub = app.Services.GetRequiredService<NotificationHub>();
        await hub.StartAsync(TestContext.Current.CancellationToken);
        // Resolved after the hub, as features do: it must not make the store end before the hub.
        await app.Services.GetRequiredService<IApiKeyStore>().ListAsync(TestContext.Current.CancellationToken);
        var accepted = Enumerable.Range(0, 300).Select(i => hub.PublishAsync(Drafts.Text($"{i}"), "test", CancellationToken.None)).ToList();
        await app.DisposeAsync();
        Assert.Equal(300, (await Task.WhenAll(accepted)).Length);
    }
}
