using System.Text.Encodings.Web;
using System.Text.Json;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;

namespace NotifyDashboard.Inbox;

/// <summary><c>NotifyDashboard recipient …</c>: hands over or deletes what is held of one recipient, on the machine itself.</summary>
internal static class RecipientCommand
{
    private const string Usage =
        """
        Usage: NotifyDashboard recipient export --sub NAME
               NotifyDashboard recipient erase --sub NAME
          export  prints all that is held of the recipient NAME, as JSON
          erase   deletes it: marks, preferences, and the notifications on their own topic alone.
                  While the server runs use DELETE /api/recipients?sub=NAME, so that it forgets them too.
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsMeant(string[] args) => args is ["recipient", ..];

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter errors)
    {
        var (isExport, isErase) = (args is ["recipient", "export", ..], args is ["recipient", "erase", ..]);
        if (!(isExport || isErase) || SubOf(args) is not { Length: > 0 } sub)
        {
            await errors.WriteLineAsync(Usage);
            return 1;
        }
        await services.GetRequiredService<NotificationHub>().StartAsync(CancellationToken.None);
        var records = services.GetRequiredService<RecipientRecords>();
        if (isExport)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(await records.ExportAsync(sub, AuditActors.Command, CancellationToken.None), Json));
            return 0;
        }
        await records.EraseAsync(sub, AuditActors.Command, CancellationToken.None);
        await output.WriteLineAsync($"Nothing is held of {sub} any more.");
        return 0;
    }

    private static string? SubOf(string[] args)
    {
        var at = Array.FindIndex(args, arg => arg == "--sub" || arg.StartsWith("--sub=", StringComparison.Ordinal));
        return at < 0 ? null : args[at].Contains('=', StringComparison.Ordinal) ? args[at]["--sub=".Length..] : args.ElementAtOrDefault(at + 1);
    }
}
