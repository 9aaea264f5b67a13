namespace NotifyDashboard.Access;

/// <summary><c>NotifyDashboard operator …</c>: what an administrator does on the machine itself, whether or not the server runs.</summary>
internal static class OperatorCommand
{
    private const string Usage =
        """
        Usage: NotifyDashboard operator reset-password NAME [--urls ADDRESS]
          Prints a link with which NAME sets a new password: it works once, for an hour.
        """;

    public static bool IsMeant(string[] args) => args is ["operator", ..];

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter errors)
    {
        if (args is not ["operator", "reset-password", var name, ..] || name.StartsWith('-'))
        {
            await errors.WriteLineAsync(Usage);
            return 1;
        }
        if (await services.GetRequiredService<IOperatorStore>().FindAsync(name, CancellationToken.None) is not { } found)
        {
            await errors.WriteLineAsync($"There is no operator \"{name}\" in the database of Storage:ConnectionString. Look at the spelling, and run this where the server runs.");
            return 1;
        }
        var token = await services.GetRequiredService<OperatorChanges>().MakeResetLinkAsync(AuditActors.Command, found.Id, found.Name);
        var configuration = services.GetRequiredService<IConfiguration>();
        var address = StartBanner.Reachable(configuration["urls"]?.Split(';')[0] ?? StartBanner.DefaultAddress).TrimEnd('/') + configuration["Proxy:PathBase"];
        await output.WriteLineAsync($"{address}/reset-password?token={token}");
        await output.WriteLineAsync($"With this link {found.Name} sets a new password. It works once, for an hour; the server has to be running.");
        if (found.IsDisabled) await output.WriteLineAsync($"{found.Name} stays disabled until an admin enables the account.");
        return 0;
    }
}
