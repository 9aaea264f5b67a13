using System.Net.ServerSentEvents;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NotifyDashboard.EventStream;
using NotifyDashboard.Hub;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.EventStream;

public class EventStreamPropertyTests
{
    // What means something on the wire, more often than chance would have it.
    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.Elements("\r", "\n", "\r\n", "\0", ":", " ", "data: ", "event: x", "id: 9", "retry: 1", "\ufeff", "\u2028", "\u0085", "🎉", "\ud83c", "\udf89"),
        Gen.Choose(0, 0xffff).Select(unit => ((char)unit).ToString()),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));

    private static readonly Gen<string> Text = Piece.ListOf().Select(string.Concat);

    [Fact]
    public void Random_data_survives_the_stream_except_for_the_kind_of_line_break() => Prop.ForAll(Text.ToArbitrary(), data =>
    {
        var item = Assert.Single(Parse([data]));
        Assert.Equal(("ping", "e1-1", Arrived(data)), (item.EventType, item.EventId, item.Data));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(Effort.Of(500, thorough: 5_000)));

    [Fact]
    public void Random_consecutive_frames_are_parsed_as_separate_events() => Prop.ForAll(Text.ArrayOf().ToArbitrary(), all =>
        Assert.Equal(all.Select(Arrived), Parse(all).Select(item => item.Data))).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    // Half a character cannot be written in UTF-8; DraftRules refuses it before it comes here.
    private static string Arrived(string data) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(data)).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static List<SseItem<string>> Parse(string[] all)
    {
        using var stream = new MemoryStream([.. all.SelectMany((data, i) =>
            new EventStreamEncoder().Encode(new LogEntry(Drafts.Stored(Drafts.Text(data) with { Type = "ping" }, i + 1)), WireForm.Plain))]);
        return [.. SseParser.Create(stream).Enumerate()];
    }
}
