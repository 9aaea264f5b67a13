using System.Diagnostics;
using System.Globalization;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Bench.Benches;

/// <summary>How long each kind of answer of the history takes, on SQLite, with rows as a shop would have them.</summary>
internal static class HistoryBench
{
    private const double MustMilliseconds = 100;

    // As the page counts.
    private const int MostCounted = 1_000;

    public static Task<int> RunAsync(Options options)
    {
        var (rows, runs) = (options.Number("rows", 1_000_000), options.Number("runs", 50));
        return ShopLog.UseAsync(rows, async log =>
        {
            Console.WriteLine($"{runs} runs each");
            Console.WriteLine("| answer | found | p50 ms | p99 ms | max ms | counted | p50 ms | max ms |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            var slow = 0;
            foreach (var (name, query) in Queries(rows)) slow += await MeasureAsync(log, name, query, runs) ? 0 : 1;
            Console.WriteLine(slow == 0 ? $"Every answer within {MustMilliseconds:N0} ms." : $"{slow} over {MustMilliseconds:N0} ms.");
            // Small runs only show that it works.
            return slow == 0 || rows < 1_000_000 ? 0 : 1;
        });
    }

    private static IEnumerable<(string Name, HistoryQuery Query)> Queries(int rows)
    {
        var all = new HistoryQuery(TopicFilter.Everything, TopicFilter.Everything);
        if (!TopicPattern.TryParse("orders/*", out var common) || !TopicPattern.TryParse("rare/:id", out var rare)) throw new InvalidOperationException("No pattern.");
        var middle = ShopLog.Start.AddSeconds(rows / 2);
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
        yield return ("the last 24 hours and a word", all with { Text = "parcel", From = ShopLog.Start.AddSeconds(rows).AddHours(-24) });
    }

    private static async Task<bool> MeasureAsync(SqliteNotificationLog log, string name, HistoryQuery query, int runs)
    {
        var (slice, read) = await TimeAsync(runs, () => log.ReadHistoryAsync(query, CancellationToken.None));
        var (count, counting) = await TimeAsync(runs, () => log.CountHistoryAsync(query with { Limit = MostCounted }, CancellationToken.None));
        var counted = count.Found.ToString("N0", CultureInfo.InvariantCulture) + (count.IsExact ? "" : "+");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {slice.Notifications.Count} | {read[read.Count / 2]:0.0} | {read[(int)(read.Count * 0.99)]:0.0} | {read[^1]:0.0} | {counted} | {counting[counting.Count / 2]:0.0} | {counting[^1]:0.0} |"));
        return read[^1] < MustMilliseconds && counting[^1] < MustMilliseconds;
    }

    /// <returns>The last answer, and how long each took in milliseconds, sorted.</returns>
    private static async Task<(T Last, List<double> Times)> TimeAsync<T>(int runs, Func<Task<T>> ask)
    {
        var times = new List<double>();
        T? last = default;
        for (var i = 0; i < runs + 3; i++)
        {
            var watch = Stopwatch.StartNew();
            last = await ask();
            // The first three warm the statement and the cache.
            if (i >= 3) times.Add(watch.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        return (last!, times);
    }
}
