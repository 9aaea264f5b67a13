using System.Globalization;
using System.Runtime.InteropServices;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Monitoring;

namespace NotifyDashboard.Demo.DemoHub;

/// <summary>Fills the demo's store before the hub opens it, and prints how to sign in.</summary>
internal sealed class DemoHubStart(
    INotificationLog log, IActivityStore activity, IOperatorStore operators, OperatorPasswords passwords, ApiKeys keys, OneClickSignIn signIn, DemoStore store,
    StartBanner banner, BannerOutput output, TimeProvider time, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _hangup;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await log.OpenAsync(cancellationToken);
        await DemoHistory.AppendAsync(log, time.GetUtcNow());
        await DemoActivity.SaveAsync(activity, time.GetUtcNow());
        // The password is random and not kept. The role is the lowest one that can publish.
        await operators.AddAsync(new(OneClickSignIn.OperatorName, Roles.Sender, passwords.Hash(OneTimeToken.Create())),
            new(AuditActions.Bootstrap, Actor.CommandLine, OneClickSignIn.OperatorName, "operator, as sender"));
        var key = await keys.CreateAsync(Actor.CommandLine, "demo key", Actions.All, ["*"]);
        lifetime.ApplicationStarted.Register(() => Print(key));
        // Without this, closing the terminal ends the process before it deletes the store.
        _hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            lifetime.StopApplication();
        });
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _hangup?.Dispose();

    private void Print(string key)
    {
        var until = TimeZoneInfo.ConvertTime(signIn.Until, time.LocalTimeZone).ToString("HH:mm", CultureInfo.InvariantCulture);
        output.Writer.WriteLine(
            $"""
              This is a demo. Its store is {store.Folder}; stopping the demo (Ctrl+C) deletes it.
              Be signed in:    {banner.Address()}{OneClickSignIn.Path}?token={signIn.Token}
                               (works once, until {until})
              Key:             export KEY={key}

            """);
    }
}
