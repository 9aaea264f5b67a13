using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Bench.Benches;

/// <summary>A log on SQLite with rows as a shop would have them.</summary>
internal static class ShopLog
{
    private const int Batch = 2_000;

    /// <summary>When the first was published; the others follow a second after each other.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Nouns = ["parcel", "order", "invoice", "ferry", "password", "refund", "délivery", "coffee", "meeting", "backup"];
    private static readonly string[] Verbs = ["arrived", "was delayed", "is ready", "failed", "was paid", "is on its way", "was returned", "starts"];

    /// <summary>Fills one, says how long that took, and deletes it after the work.</summary>
    public static Task<int> UseAsync(int rows, Func<SqliteNotificationLog, Task<int>> work) => UseAsync(rows, (_, _, log) => work(log));

    /// <inheritdoc cref="UseAsync(int, Func{SqliteNotificationLog, Task{int}})"/>
    public static async Task<int> UseAsync(int rows, Func<SqliteDataSource, SqliteWriter, SqliteNotificationLog, Task<int>> work)
    {
        var folder = Directory.CreateTempSubdirectory("notifydashboard-bench-").FullName;
        try
        {
            using var source = new SqliteDataSource(new StorageOptions { ConnectionString = "Data Source=bench.db" }, folder);
            SqliteSchema.Migrate(source);
            using var writer = new SqliteWriter(source);
            using var log = new SqliteNotificationLog(new Database(source, writer), source, writer, NullLogger<SqliteNotificationLog>.Instance);
            await log.OpenAsync(CancellationToken.None);
            var watch = Stopwatch.StartNew();
            for (var at = 0; at < rows; at += Batch) await log.AppendAsync([.. Enumerable.Range(at, Math.Min(Batch, rows - at)).Select(Change)], Start.AddSeconds(at));
            Console.WriteLine($"{rows:N0} rows in {watch.Elapsed.TotalSeconds:N0} s, {new FileInfo(source.File).Length / 1024 / 1024:N0} MiB; {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}");
            watch.Restart();
            while (!await IsSearchedAsync(log)) { }
            Console.WriteLine($"Their words in {watch.Elapsed.TotalSeconds:N0} s more, {new FileInfo(source.SearchFile).Length / 1024 / 1024:N0} MiB");
            return await work(source, writer, log);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> IsSearchedAsync(SqliteNotificationLog log)
    {
        try
        {
            await log.PurgeAsync(CancellationToken.None);
            return true;
        }
        catch (SearchUnavailableException)
        {
            return false;
        }
    }

    // Half a shop's: some orders speak often, most once.
    public static PublishChange Change(int i)
    {
        var random = new Random(i);
        var noun = i % 125_000 == 7 ? "needle" : Nouns[random.Next(Nouns.Length)];
        var draft = new NotificationDraft
        {
            Topics = i % 200_000 == 9 ? [$"rare/{i}"] : i % 3 == 0 ? [$"users/{random.Next(100_000)}"] : i % 50 == 1 ? ["broadcast"] : [$"orders/{random.Next(50_000)}", $"stores/{random.Next(40)}"],
            Type = i % 1_000 == 5 ? "audit" : "notification",
            Title = $"Your {noun} {Verbs[random.Next(Verbs.Length)]}",
            Body = $"Number {random.Next(1_000_000)} at {random.Next(24)}:{random.Next(60):00}. Somebody has to be in to sign for it between 9 and 12.",
            Severity = i % 100 == 0 ? Severity.Critical : i % 10 == 0 ? Severity.Warning : Severity.Info,
            Url = $"/orders/{i}",
        };
        return new PublishChange([draft], i % 2 == 0 ? "Shop backend" : "Mara");
    }
}
