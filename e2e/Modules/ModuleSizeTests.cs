using System.IO.Compression;
using System.Text.RegularExpressions;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>What a page loads for a badge: the modules as they are served, with their comments, each compressed by itself.</summary>
public sealed partial class ModuleSizeTests
{
    private const int MaxBytes = 19_000;
    private const int MaxInboxBytes = 22_000;

    [Fact]
    public void Badge_and_source_stay_small()
    {
        var folder = Path.Combine(FakeHub.Root(), "wwwroot-shared", "wwwroot");
        var files = new HashSet<string>();
        Follow("notify-badge.js");
        Follow("notification-source.js");
        var bytes = files.Sum(file => Compressed(Path.Combine(folder, file)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Count} files, {bytes:N0} bytes");
        Assert.InRange(bytes, 1, MaxBytes);

        void Follow(string file)
        {
            if (!files.Add(file)) return;
            foreach (Match import in Imports().Matches(File.ReadAllText(Path.Combine(folder, file)))) Follow(import.Groups[1].Value);
        }
    }

    [Fact]
    public void The_inbox_adds_little_to_them()
    {
        var folder = Path.Combine(FakeHub.Root(), "wwwroot-shared", "wwwroot");
        var bytes = Directory.GetFiles(folder, "notify-inbox*.js").Sum(Compressed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes:N0} bytes");
        Assert.InRange(bytes, 1, MaxInboxBytes);
    }

    private static long Compressed(string file)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(File.ReadAllBytes(file));
        return to.Length;
    }

    // What is imported only when it is needed is not part of it.
    [GeneratedRegex(@"^(?:import|export) .*from '\./(.+\.js)';", RegexOptions.Multiline)]
    private static partial Regex Imports();
}
