using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Bench.Benches;

/// <summary>How long each kind of answer of the history takes, on SQLite, with rows as a shop would have them.</summary>
internal static class HistoryBench
{
    private const double MustMilliseconds = 100;
    private const int Batch = 2_000;

    private static readonly string[] Nouns = ["parcel", "order", "invoice", "ferry", "password", "refund", "délivery", "coffee", "meeting", "backup"];
    private static readonly string[] Verbs = ["arrived", "was delayed", "is ready", "failed", "was paid", "is on its way", "was returned", "starts"];
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(Options options)
    {
        var (rows, runs) = (options.Number("rows", 1_000_000), options.Number("runs", 50));
        var folder = Directory.CreateTempSubdirectory("notifydashboard-bench-").FullName;
        try
        {
            using var source = new SqliteDataSource(new StorageOptions { ConnectionString = "Data Source=bench.db" }, folder);
            SqliteSchema.Migrate(source);
            using var writer = new SqliteWriter(source);
            var log = new SqliteNotificationLog(source, writer);
            await log.OpenAsync(CancellationToken.None);
            var watch = Stopwatch.StartNew();
            for (var at = 0; at < rows; at += Batch) await log.AppendAsync([.. Enumerable.Range(at, Math.Min(Batch, rows - at)).Select(Change)], Start.AddSeconds(at));
            Console.WriteLine($"{rows:N0} rows in {watch.Elapsed.TotalSeconds:N0} s, {new FileInfo(source.File).Length / 1024 / 1024:N0} MiB; {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}; {runs} runs each");
            Console.WriteLine("| answer | found | p50 ms | p99 ms | max ms |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
            var slow = 0;
            foreach (var (name, query) in Queries(rows)) slow += await MeasureAsync(log, name, query, runs) ? 0 : 1;
            Console.WriteLine(slow == 0 ? $"Every answer within {MustMilliseconds:N0} ms." : $"{slow} over {MustMilliseconds:N0} ms.");
            // Small runs only show that it works.
            return slow == 0 || rows < 1_000_000 ? 0 : 1;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Name, HistoryQuery Query)> Queries(int rows)
    {
        var all = new HistoryQuery(TopicFilter.Everything, TopicFilter.Everything);
        if (!TopicPattern.TryParse("orders/*", out var common) || !TopicPattern.TryParse("rare/:id", out var rare)) throw new InvalidOperationException("No pattern.");
        var middle = Start.AddSeconds(rows / 2);
        yield return ("first page", all);
        yield return ("deep page", all with { Before = rows / 10 });
        yield return ("one topic", all with { Asked = new(["orders/77"], includePrivate: true) });
        yield return ("ten topics", all with { Asked = new(Enumerable.Range(70, 10).Select(i => $"orders/{i}"), includePrivate: true) });
        yield return ("pattern that many match", all with { Asked = new([], [common], includePrivate: true) });
        yield return ("pattern that few match", all with { Asked = new([], [rare], includePrivate: true) });
        yield return ("common type", all with { Type = "notification" });
        yield return ("rare type", all with { Type = "audit" });
        yield return ("common severity", all with { Severity = Severity.Info });
        yield return ("rare severity", all with { Severity = Severity.Critical });
        yield return ("time, an hour in the middle", all with { From = middle, To = middle.AddHours(1) });
        yield return ("word in a tenth of all", all with { Text = "parcel" });
        yield return ("word in eight of a million", all with { Text = "needle" });
        yield return ("start of a word, two letters", all with { Text = "pa" });
        yield return ("one letter", all with { Text = "p" });
        yield return ("two words", all with { Text = "parcel delayed" });
        yield return ("phrase", all with { Text = "\"parcel was delayed\"" });
        yield return ("word without its accent", all with { Text = "delivery" });
        yield return ("word that is nowhere", all with { Text = "zzzzzz" });
        yield return ("two words that never meet", all with { Text = "parcel needle2" });
        yield return ("two common words that never meet", all with { Text = "parcel invoice" });
        yield return ("word and rare severity", all with { Text = "parcel", Severity = Severity.Critical });
        yield return ("word and a type that never meet", all with { Text = "parcel", Type = "none" });
        yield return ("pattern, type and severity that never meet", all with { Asked = new([], [rare], includePrivate: true), Type = "audit", Severity = Severity.Info });
        yield return ("the last 24 hours and a word", all with { Text = "parcel", From = Start.AddSeconds(rows).AddHours(-24) });
    }

    // Half a shop's: some orders speak often, most once; a second each.
    private static PublishChange Change(int i)
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

    private static async Task<bool> MeasureAsync(SqliteNotificationLog log, string name, HistoryQuery query, int runs)
    {
        var times = new List<double>();
        var found = 0;
        for (var i = 0; i < runs + 3; i++)
        {
            var watch = Stopwatch.StartNew();
            found = (await log.ReadHistoryAsync(query, CancellationToken.None)).Notifications.Count;
            // The first three warm the statement and the cache.
            if (i >= 3) times.Add(watch.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        var (median, p99, max) = (times[times.Count / 2], times[(int)(times.Count * 0.99)], times[^1]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {found} | {median:0.0} | {p99:0.0} | {max:0.0} |"));
        return max < MustMilliseconds;
    }
}
