using System.CommandLine;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Access;

/// <summary><c>NotifyDashboard operator …</c>: commands for an administrator on the hub's machine. The server need not be running.</summary>
internal static class OperatorCommand
{
    public static Command Create(IServiceProvider services)
    {
        var name = new Argument<string>("NAME") { Description = "The operator's name." };
        var reset = new Command("reset-password", "Prints a link with which NAME sets a new password. It works once, for an hour. Takes the --urls of the server, if it has any.") { name };
        reset.SetAction((parsed, _) => ResetPasswordAsync(parsed.GetRequiredValue(name), services, parsed.InvocationConfiguration));
        return new("operator", "Helps an operator who cannot sign in.") { reset };
    }

    private static async Task<int> ResetPasswordAsync(string name, IServiceProvider services, InvocationConfiguration console)
    {
        if (await services.GetRequiredService<IOperatorStore>().FindAsync(name, CancellationToken.None) is not { } found)
        {
            await console.Error.WriteLineAsync($"There is no operator \"{name}\" in the database of Storage:ConnectionString. Look at the spelling, and run this where the server runs.");
            return 1;
        }
        var token = await services.GetRequiredService<OperatorChanges>().MakeResetLinkAsync(Actor.CommandLine, found.Id, found.Name);
        var configuration = services.GetRequiredService<IConfiguration>();
        var address = StartBanner.Reachable(configuration["urls"]?.Split(';')[0] ?? StartBanner.DefaultAddress).TrimEnd('/') + configuration["Proxy:PathBase"];
        await console.Output.WriteLineAsync($"{address}/reset-password?token={token}");
        await console.Output.WriteLineAsync($"With this link {found.Name} sets a new password. It works once, for an hour; the server has to be running.");
        if (found.IsDisabled) await console.Output.WriteLineAsync($"{found.Name} stays disabled until an admin enables the account.");
        return 0;
    }
}
