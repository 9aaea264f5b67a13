using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>What a page loads for an element: the files as they are published, each compressed by itself.</summary>
public sealed partial class ModuleSizeTests
{
    private const int MaxBytes = 8_000;
    private const int MaxInboxBytes = 16_000;

    [Fact]
    public void Badge_and_source_stay_small() => Assert.InRange(Loaded("notify-badge.js").Sum(Compressed), 1, MaxBytes);

    [Fact]
    public void The_inbox_adds_little_to_them() =>
        Assert.InRange(Loaded("notify-inbox.js").Except(Loaded("notification-source.js")).Sum(Compressed), 1, MaxInboxBytes);

    private static HashSet<string> Loaded(params string[] files)
    {
        var loaded = new HashSet<string>();
        foreach (var file in files) Follow(file);
        return loaded;

        void Follow(string file)
        {
            if (!loaded.Add(file)) return;
            foreach (Match import in Imports().Matches(Served(file))) Follow(import.Groups[1].Value);
        }
    }

    private static string Served(string file) => File.ReadAllText(Path.Combine(FakeHub.Root(), "wwwroot-shared", "wwwroot", file));

    private static long Compressed(string file)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(Served(file)));
        return to.Length;
    }

    // What is imported only when it is needed is not part of it.
    [GeneratedRegex(@"from ?[""']\./([\w-]+\.js)[""']")]
    private static partial Regex Imports();
}
