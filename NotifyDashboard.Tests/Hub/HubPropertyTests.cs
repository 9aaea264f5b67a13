using FsCheck;
using FsCheck.Fluent;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Hub;

/// <summary>Whatever happens in whatever order, nobody misses anything without being told.</summary>
public class HubPropertyTests
{
    private const int MaxReaders = 6;

    [Fact]
    public void Every_subscriber_gets_its_notifications_in_order_or_a_gap() =>
        Prop.ForAll(Gen.Choose(0, 99_999).ArrayOf(80).ToArbitrary(), Run).Check(Config.QuickThrowOnFailure.WithMaxTest(Effort.Of(8, thorough: 100)));

    private static void Run(int[] steps) => Task.Run(() => RunAsync(steps)).GetAwaiter().GetResult();

    private static async Task RunAsync(int[] steps)
    {
        await using var hub = await TestHub.StartAsync(new HubOptions { HotTailBytes = 3_000 });
        var (stored, readers) = (new SortedDictionary<long, Model>(), new List<Told>());
        foreach (var step in steps)
        {
            var (kind, which) = (step % 12, step / 12);
            var cancellation = TestContext.Current.CancellationToken;
            var chosen = stored.Count > 0 ? stored.ElementAt(which % stored.Count) : default;
            switch (kind)
            {
                case < 5:
                    var topic = which % 3 == 0 ? "u" : "t";
                    var text = $"{step}";
                    var published = (await hub.PublishAsync(text, topic)).Id.Sequence;
                    stored.Add(published, new Model(topic) { Text = text, Changed = published });
                    break;
                case 5 or 6 when readers.Count < MaxReaders:
                    await hub.DispatchedAsync();
                    long? after = kind == 5 ? null : which % (hub.Hub.LastDispatched + 1);
                    string[] topics = (which % 3) switch { 0 => ["t"], 1 => ["u"], _ => ["t", "u"] };
                    readers.Add(new Told(await HandReader.JoinAsync(hub, after, topics), after ?? hub.Hub.LastDispatched, topics));
                    break;
                case 7 or 8 when readers.Count > 0:
                    await ReadAsync(readers[which % readers.Count], stored);
                    break;
                case 9 when chosen.Value is { IsOver: false } model:
                    model.Text = $"new {step}";
                    await hub.Hub.UpdateAsync(hub.Hub.Epochs.CursorOf(chosen.Key), "editor", draft => draft with { Data = NotificationData.FromString(model.Text) }, cancellation);
                    await hub.DispatchedAsync();
                    model.Changed = hub.Hub.LastDispatched;
                    break;
                case 10 when chosen.Value is { IsOver: false } model:
                    await hub.Hub.RetractAsync(hub.Hub.Epochs.CursorOf(chosen.Key), "owner", cancellation);
                    await hub.DispatchedAsync();
                    (model.IsRetracted, model.Changed) = (true, hub.Hub.LastDispatched);
                    break;
                case 11 when chosen.Value is { IsTrimmed: false } model:
                    await hub.DispatchedAsync();
                    await hub.Hub.TrimAsync([chosen.Key]);
                    model.IsTrimmed = true;
                    break;
            }
        }
        foreach (var reader in readers)
        {
            await ReadAsync(reader, stored);
            Check(reader, stored);
        }
    }

    private static async Task ReadAsync(Told reader, SortedDictionary<long, Model> stored)
    {
        foreach (var entry in await reader.Reader.ReadAsync())
        {
            var about = stored[entry.Notification.Id.Sequence];
            Assert.True(entry.Cursor.Sequence > reader.Last, "Its cursors rise.");
            Assert.Contains(about.Topic, reader.Topics);
            Assert.False(about.IsTrimmed);
            Assert.Equal(about.IsRetracted, entry.Kind == LogEntryKind.Retract);
            reader.Last = entry.Cursor.Sequence;
            reader.Heard[entry.Notification.Id.Sequence] = entry.Kind == LogEntryKind.Retract ? null : entry.Notification.Draft.Data?.Text;
        }
    }

    private static void Check(Told reader, SortedDictionary<long, Model> stored)
    {
        var start = reader.Reader.Start;
        if (start.Gap is null) Assert.Equal(reader.Asked, start.Position);
        foreach (var (sequence, model) in stored.Where(one => reader.Topics.Contains(one.Value.Topic) && !one.Value.IsTrimmed))
        {
            var isHeard = reader.Heard.TryGetValue(sequence, out var text);
            // What it heard of last is how it is now; what is new since its start it has heard of.
            if (isHeard) Assert.Equal(model.IsRetracted ? null : model.Text, text);
            else if (!model.IsRetracted) Assert.False(model.Changed > start.Position, $"{sequence} was never told.");
            else Assert.False(sequence <= start.Position && model.Changed > start.Position, $"That {sequence} is over was never told.");
            // A gap passes over nothing that is kept.
            if (!model.IsOver) Assert.False(sequence > reader.Asked && sequence <= start.Position, $"{sequence} lay in the gap.");
        }
    }

    private sealed class Model(string topic)
    {
        public string Topic { get; } = topic;

        public string Text { get; set; } = "";

        /// <summary>Of the newest entry about it.</summary>
        public long Changed { get; set; }

        public bool IsRetracted { get; set; }

        public bool IsTrimmed { get; set; }

        public bool IsOver => IsRetracted || IsTrimmed;
    }

    private sealed class Told(HandReader reader, long asked, string[] topics)
    {
        public HandReader Reader { get; } = reader;

        public long Asked { get; } = asked;

        public string[] Topics { get; } = topics;

        public long Last { get; set; } = reader.Start.Position;

        /// <summary>The newest that it was told of each; null: that it is over.</summary>
        public Dictionary<long, string?> Heard { get; } = [];
    }
}
