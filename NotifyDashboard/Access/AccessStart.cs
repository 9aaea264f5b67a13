namespace NotifyDashboard.Access;

/// <summary>At a start, before anything is served: the bootstrap, and the set-up link where there is no operator. Printed once the address is known.</summary>
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
