namespace NotifyDashboard.Access;

/// <summary>Runs the bootstrap before the server accepts requests, and creates the set-up link if there is no operator. Prints the banner once the address is known.</summary>
internal sealed class AccessStart(Bootstrap bootstrap, IOperatorStore operators, SetUpLink link, StartBanner banner, IHostApplicationLifetime lifetime) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await bootstrap.RunAsync(cancellationToken);
        var token = await operators.AnyAsync(cancellationToken) ? null : link.Make();
        lifetime.ApplicationStarted.Register(() => banner.Print(token));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
