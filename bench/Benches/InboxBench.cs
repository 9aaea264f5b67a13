using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Bench.Benches;

/// <summary>How long counts and pages of inboxes take, on SQLite, with many recipients and their marks.</summary>
internal static class InboxBench
{
    private const double CountsMust = 20, PageMust = 30;

    private const int Marks = 200;

    // Of each recipient, all over the log: on the busy topic and on the others.
    private const string Mark =
        """
        INSERT OR IGNORE INTO inbox_marks (recipient, sequence, seen, read, archived)
        SELECT @id, sequence, 1, sequence % 3 > 0, sequence % 20 = 0 FROM (
          SELECT * FROM (SELECT sequence FROM notification_topics WHERE topic = @store AND sequence < @from ORDER BY sequence DESC LIMIT @half)
          UNION SELECT * FROM (SELECT sequence FROM notification_topics WHERE topic = @other AND sequence < @at ORDER BY sequence DESC LIMIT @half))
        """;

    private const string SetWatermarks = "UPDATE inbox_topics SET seen_through = @at, read_through = @at WHERE recipient = @id";

    public static Task<int> RunAsync(Options options)
    {
        var (rows, recipients, runs) = (options.Number("rows", 1_000_000), options.Number("recipients", 10_000), options.Number("runs", 3_000));
        return ShopLog.UseAsync(rows, async (source, writer, log) =>
        {
            await using var hub = new NotificationHub(log, new EventStreamEncoder(), TimeProvider.System, Microsoft.Extensions.Options.Options.Create(new HubOptions()), NullLogger<NotificationHub>.Instance, new());
            await hub.StartAsync(CancellationToken.None);
            var store = new SqliteInboxStore(new Database(source, writer), log, TimeProvider.System, Microsoft.Extensions.Options.Options.Create(new InboxOptions()));
            var watch = Stopwatch.StartNew();
            await FillAsync(store, writer, rows, recipients);
            Console.WriteLine($"{recipients:N0} recipients with {Marks} marks each in {watch.Elapsed.TotalSeconds:N0} s; {runs} runs each, of recipients by chance");
            Console.WriteLine("| answer | p50 ms | p99 ms | max ms | must |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
            var random = new Random(7);
            var slow = 0;
            slow += await MeasureAsync("counts", CountsMust, recipient => store.ReadStateAsync(recipient, CancellationToken.None));
            slow += await MeasureAsync("first page", PageMust, recipient => store.ReadAsync(recipient, InboxTab.All, null, 20, CancellationToken.None));
            slow += await MeasureAsync("first page of the unread", PageMust, recipient => store.ReadAsync(recipient, InboxTab.Unread, null, 20, CancellationToken.None));
            slow += await MeasureAsync("first page of the archived", PageMust, recipient => store.ReadAsync(recipient, InboxTab.Archived, null, 20, CancellationToken.None));
            // The worst that a recipient can ask for: nothing read for a long time, and the busiest topic muted.
            foreach (var i in Enumerable.Range(0, Math.Min(recipients, 40)))
            {
                await store.SavePreferencesAsync(RecipientOf(i), new() { Muted = new() { Topics = [$"stores/{i % 40}"] } });
                await writer.WriteAsync((connection, transaction) => connection.Execute(SetWatermarks, new { id = connection.ExecuteScalar<long>("SELECT id FROM recipients WHERE sub = @sub", new { sub = $"users/{i}" }, transaction), at = 0 }, transaction));
            }
            recipients = Math.Min(recipients, 40);
            await MeasureAsync("counts, never read and the busy topic muted", null, recipient => store.ReadStateAsync(recipient, CancellationToken.None));
            var everywhere = new Recipient("everywhere", [.. Enumerable.Range(0, 40).Select(i => $"stores/{i}"), .. Enumerable.Range(0, 9).Select(i => $"orders/{i}"), "broadcast"]) { OwnTopic = "stores/0", Granted = new(["stores/*", "orders/*"]) };
            await store.ReadStateAsync(everywhere, CancellationToken.None);
            await writer.WriteAsync((connection, transaction) => connection.Execute(SetWatermarks, new { id = connection.ExecuteScalar<long>("SELECT id FROM recipients WHERE sub = @sub", new { sub = everywhere.Id }, transaction), at = 0 }, transaction));
            await MeasureAsync("counts, never read, of 50 topics, 40 of them busy", null, _ => store.ReadStateAsync(everywhere, CancellationToken.None));
            await MeasureAsync("first page of these", null, _ => store.ReadAsync(everywhere, InboxTab.All, null, 20, CancellationToken.None));
            // Small runs only show that it works.
            return slow == 0 || rows < 1_000_000 ? 0 : 1;

            async Task<int> MeasureAsync(string name, double? must, Func<Recipient, Task> answer)
            {
                var times = new List<double>();
                for (var i = 0; i < runs + 10; i++)
                {
                    var recipient = RecipientOf(random.Next(recipients));
                    var start = Stopwatch.GetTimestamp();
                    await answer(recipient);
                    // The first ones warm the statements.
                    if (i >= 10) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
                times.Sort();
                var p99 = times[(int)(times.Count * 0.99)];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[times.Count / 2]:0.0} | {p99:0.0} | {times[^1]:0.0} | {must?.ToString("0", CultureInfo.InvariantCulture) ?? "–"} |"));
                return p99 >= must ? 1 : 0;
            }
        });
    }

    private static Recipient RecipientOf(int i)
    {
        var own = $"users/{i}";
        string[] inbox = ["broadcast", own, $"stores/{i % 40}", $"orders/{i}", $"orders/{i + 10_000}", $"orders/{i + 20_000}"];
        return new(own, inbox) { OwnTopic = own, Granted = new(inbox[1..]) };
    }

    private static async Task FillAsync(SqliteInboxStore store, SqliteWriter writer, int rows, int recipients)
    {
        const int batch = 200;
        // Makes them known; the rest is quicker in large commits.
        foreach (var part in Enumerable.Range(0, recipients).Chunk(batch)) await Task.WhenAll(part.Select(i => store.SavePreferencesAsync(RecipientOf(i), InboxPreferences.None)));
        foreach (var part in Enumerable.Range(0, recipients).Chunk(batch)) await writer.WriteAsync((connection, transaction) => part.Sum(i => Fill(connection, transaction, i, rows)));
    }

    private static int Fill(DbConnection connection, DbTransaction transaction, int i, int rows)
    {
        var random = new Random(i);
        // Some were here today, some have not been for weeks.
        var at = rows - (long)(rows * Math.Pow(random.NextDouble(), 4));
        var id = connection.ExecuteScalar<long>("SELECT id FROM recipients WHERE sub = @sub", new { sub = $"users/{i}" }, transaction);
        connection.Execute(SetWatermarks, new { id, at }, transaction);
        return connection.Execute(Mark, new { id, at, from = Math.Min(rows, at + (rows / 20)), store = $"stores/{i % 40}", other = "broadcast", half = Marks / 2 }, transaction);
    }
}
