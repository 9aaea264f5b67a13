using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary><c>NotifyDashboard recipient …</c>: exports or deletes the data of one recipient, on the hub's machine.</summary>
internal static class RecipientCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(IServiceProvider services)
    {
        var sub = CommandLine.RecipientOption();
        var export = new Command("export", "Prints all that is held of the recipient, as JSON.") { sub };
        export.SetAction((parsed, _) => ExportAsync(parsed.GetRequiredValue(sub), services, parsed.InvocationConfiguration.Output));
        var erase = new Command("erase", "Deletes it: marks, preferences, and the notifications on their own topic alone. While the server runs use DELETE /api/recipients?sub=NAME, so that it forgets them too.") { sub };
        erase.SetAction((parsed, _) => EraseAsync(parsed.GetRequiredValue(sub), services, parsed.InvocationConfiguration));
        return new("recipient", "Hands over or deletes what is held of one recipient.") { export, erase };
    }

    private static async Task ExportAsync(string sub, IServiceProvider services, TextWriter output)
    {
        var records = await StartAsync(services);
        await output.WriteLineAsync(JsonSerializer.Serialize(await records.ExportAsync(sub, Actor.CommandLine, CancellationToken.None), Json));
    }

    private static async Task<int> EraseAsync(string sub, IServiceProvider services, InvocationConfiguration terminal)
    {
        var records = await StartAsync(services);
        await records.EraseAsync(sub, Actor.CommandLine, CancellationToken.None);
        try
        {
            // A running server does not know of this deletion, so without this purge the deleted data would stay in the files until the server deletes something else.
            await services.GetRequiredService<INotificationLog>().PurgeAsync(CancellationToken.None);
        }
        catch (SearchUnavailableException)
        {
            await terminal.Error.WriteLineAsync("Deleted, but the search index cannot be written now: words of it may be left there. Run the command again.");
            return 1;
        }
        await terminal.Output.WriteLineAsync($"Nothing is held of {sub} any more.");
        return 0;
    }

    private static async Task<RecipientRecords> StartAsync(IServiceProvider services)
    {
        await services.GetRequiredService<NotificationHub>().StartAsync(CancellationToken.None);
        return services.GetRequiredService<RecipientRecords>();
    }
}
