using System.Diagnostics;
using System.Globalization;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Bench.Benches;

/// <summary>How long a publish waits for its commit while many search at once, for the words that cost most.</summary>
internal static class SearchesBench
{
    private const double MustMilliseconds = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private static readonly string[] Texts = ["p", "parcel invoice", "p o i", "\"parcel was delayed\"", "zzzzzz"];

    public static Task<int> RunAsync(Options options)
    {
        var (rows, searchers, seconds) = (options.Number("rows", 1_000_000), options.Number("searchers", 32), options.Number("seconds", 15));
        return ShopLog.UseAsync(rows, async log =>
        {
            Console.WriteLine("| searching at once | searches/s | publishes | p50 ms | p99 ms | max ms |");
            Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: |");
            await MeasureAsync(log, rows, 0, seconds);
            var worst = await MeasureAsync(log, rows * 2, searchers, seconds);
            Console.WriteLine(worst <= MustMilliseconds ? $"No publish waited longer than {MustMilliseconds:N0} ms." : $"A publish waited longer than {MustMilliseconds:N0} ms.");
            // Small runs only show that it works.
            return worst <= MustMilliseconds || rows < 1_000_000 ? 0 : 1;
        });
    }

    /// <returns>The longest that a publish took, in milliseconds.</returns>
    private static async Task<double> MeasureAsync(SqliteNotificationLog log, int from, int searchers, int seconds)
    {
        using var ends = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var searches = 0;
        var searching = Enumerable.Range(0, searchers).Select(i => Task.Run(async () =>
        {
            for (var turn = i; !ends.IsCancellationRequested; turn++)
            {
                await log.ReadHistoryAsync(new HistoryQuery(TopicFilter.Everything, TopicFilter.Everything) { Text = Texts[turn % Texts.Length], Caller = $"{i}" }, CancellationToken.None);
                Interlocked.Increment(ref searches);
            }
        })).ToArray();
        var times = new List<double>();
        while (!ends.IsCancellationRequested)
        {
            var watch = Stopwatch.StartNew();
            await log.AppendAsync([ShopLog.Change(from + times.Count)], ShopLog.Start.AddSeconds(from + times.Count));
            times.Add(watch.Elapsed.TotalMilliseconds);
            await Task.Delay(Pause);
        }
        await Task.WhenAll(searching);
        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {searchers} | {(double)searches / seconds:0.0} | {times.Count} | {times[times.Count / 2]:0.0} | {times[(int)(times.Count * 0.99)]:0.0} | {times[^1]:0.0} |"));
        return times[^1];
    }
}
