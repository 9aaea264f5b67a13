using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;
using NotifyDashboard.Operating;

namespace NotifyDashboard.Bench.Benches;

/// <summary>How long publishes wait while the retention takes a large part of a shop's log away, against while it does not.</summary>
internal static class RetentionBench
{
    private const double MustMilliseconds = 50;

    public static Task<int> RunAsync(Options options)
    {
        var (rows, gone) = (options.Number("rows", 1_000_000), options.Number("gone", 20_000));
        return ShopLog.UseAsync(rows, async log =>
        {
            await using var hub = new NotificationHub(log, new EventStreamEncoder(), TimeProvider.System, Microsoft.Extensions.Options.Options.Create(new HubOptions()), NullLogger<NotificationHub>.Instance, new());
            await hub.StartAsync(CancellationToken.None);
            await PublishWhileAsync(hub, Task.Delay(TimeSpan.FromSeconds(1))); // warms up
            var alone = await PublishWhileAsync(hub, Task.Delay(TimeSpan.FromSeconds(5)));
            var retention = new Retention(hub, log, TimeProvider.System, Microsoft.Extensions.Options.Options.Create(new RetentionOptions { MaxCount = rows - gone }));
            var watch = Stopwatch.StartNew();
            var beside = await PublishWhileAsync(hub, Task.Run(() => retention.TrimAsync(CancellationToken.None)));
            Console.WriteLine($"{gone:N0} of {rows:N0} taken away in {watch.Elapsed.TotalSeconds:0.0} s.");
            Console.WriteLine("| one publish after the other | publishes | p50 ms | p99 ms | max ms |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
            Print("alone", alone);
            Print("beside the retention", beside);
            // Small runs only show that it works.
            return beside[^1] - alone[alone.Count / 2] < MustMilliseconds || rows < 1_000_000 ? 0 : 1;
        });
    }

    private static async Task<List<double>> PublishWhileAsync(NotificationHub hub, Task work)
    {
        var times = new List<double>();
        do
        {
            var started = Stopwatch.GetTimestamp();
            await hub.PublishAsync(new NotificationDraft { Topics = ["elsewhere"], Title = "Your parcel arrived" }, "bench");
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        while (!work.IsCompleted);
        await work;
        times.Sort();
        return times;
    }

    private static void Print(string what, List<double> times) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {times.Count:N0} | {times[times.Count / 2]:0.0} | {times[(int)(times.Count * 0.99)]:0.0} | {times[^1]:0.0} |"));
}
