using System.Text;
using System.Text.Json;
using NotifyDashboard.Hub;
using NotifyDashboard.Publishing;
using NotifyDashboard.Storage.Sqlite;

namespace NotifyDashboard.Tests;

/// <summary>Twice the input is about twice the work, counted in bytes that are allocated: none of what anybody may send costs more than it is long.</summary>
public sealed class ParserWorkTests
{
    private const int Size = 4_000;

    // So much more than twice is allowed for buffers that double.
    private const double Growth = 2.8;

    private const int Slack = 64 * 1024;

    private static readonly Dictionary<string, (Func<int, string> Input, Action<string> Parse)> Parsers = new()
    {
        ["pattern of parameters"] = (n => string.Concat(Enumerable.Repeat(":a/", n)), text => TopicPattern.TryParse(text, out _)),
        ["cursor of digits"] = (n => "e1-" + new string('9', n), text => Cursor.TryParse(text, out _)),
        ["time of digits"] = (n => "2026-01-01T00:00:00." + new string('9', n) + "Z", text => TimeText.Parse(text)),
        ["search of quotes"] = (n => string.Concat(Enumerable.Repeat("\"a ", n)), text => SearchText.ToQuery(text)),
        ["search of letters that fold"] = (n => new string('ﬁ', n), text => SearchText.ToQuery(text)),
        ["form of one field"] = (n => string.Join('&', Enumerable.Repeat("topic=a", n)), text => DraftReader.Read(FormFields.Read(Encoding.UTF8.GetBytes(text)))),
        ["form of unknown fields"] = (n => string.Join('&', Enumerable.Range(0, n).Select(i => $"f{i}=a")), text => DraftReader.Read(FormFields.Read(Encoding.UTF8.GetBytes(text)))),
        ["form of escapes"] = (n => "title=" + string.Concat(Enumerable.Repeat("%41", n)), text => DraftReader.Read(FormFields.Read(Encoding.UTF8.GetBytes(text)))),
        ["draft of unknown fields"] = (n => $"{{{string.Join(',', Enumerable.Range(0, n).Select(i => $"\"f{i}\":1"))}}}", ReadDraft),
        ["draft of topics"] = (n => $"{{\"topic\":[{string.Join(',', Enumerable.Range(0, n).Select(i => $"\"t{i}\""))}]}}", ReadDraft),
        ["draft of wrong tags"] = (n => $"{{\"tags\":[{string.Join(',', Enumerable.Repeat("1", n))}]}}", ReadDraft),
        ["draft of data"] = (n => $"{{\"data\":[{string.Join(',', Enumerable.Repeat("{}", n))}]}}", ReadDraft),
    };

    public static TheoryData<string> Names => [.. Parsers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Allocations_of_a_parser_grow_no_faster_than_its_input(string parser)
    {
        var (input, parse) = Parsers[parser];
        var (once, twice) = (input(Size), input(Size * 2));
        // What is made once, or compiled, counts for neither.
        parse(once);
        parse(twice);
        Assert.InRange(Allocated(() => parse(twice)), 0, (long)(Allocated(() => parse(once)) * Growth) + Slack);
    }

    private static void ReadDraft(string text)
    {
        using var json = JsonDocument.Parse(text);
        var (draft, _, _) = DraftReader.Read(json.RootElement);
        DraftRules.Check(draft);
    }

    private static long Allocated(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
