using System.IO.Compression;
using System.Text.RegularExpressions;
using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd.Modules;

/// <summary>What a page loads for an element: the files as they are published, each compressed by itself.</summary>
public sealed partial class ModuleSizeTests
{
    private const int MaxBytes = 8_000;
    private const int MaxInboxBytes = 16_500;

    [Fact]
    public async Task Badge_and_source_modules_stay_within_their_compressed_size_limit()
    {
        var modules = await ModulesAsync();
        Assert.InRange(Loaded(modules, "notify-badge.js").Sum(file => Compressed(modules, file)), 1, MaxBytes);
    }

    [Fact]
    public async Task Inbox_modules_without_the_source_stay_within_their_compressed_size_limit()
    {
        var modules = await ModulesAsync();
        Assert.InRange(Loaded(modules, "notify-inbox.js").Except(Loaded(modules, "notification-source.js")).Sum(file => Compressed(modules, file)), 1, MaxInboxBytes);
    }

    private static async Task<string> ModulesAsync() => Path.Combine(await PublishedApp.FolderAsync(), "wwwroot", "shared");

    private static HashSet<string> Loaded(string folder, string file)
    {
        var loaded = new HashSet<string>();
        Follow(file);
        return loaded;

        void Follow(string next)
        {
            if (!loaded.Add(next)) return;
            foreach (Match import in Imports().Matches(File.ReadAllText(Path.Combine(folder, next)))) Follow(import.Groups[1].Value);
        }
    }

    private static long Compressed(string folder, string file)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(File.ReadAllBytes(Path.Combine(folder, file)));
        return to.Length;
    }

    // What is imported only when it is needed is not part of it.
    [GeneratedRegex(@"from ?[""']\./([\w-]+\.js)[""']")]
    private static partial Regex Imports();
}
