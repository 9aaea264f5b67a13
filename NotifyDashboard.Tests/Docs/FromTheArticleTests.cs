using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using NotifyDashboard.EventStream;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Docs;

/// <summary>docs/from-the-article.md: what it quotes is in the file that it names, and its commands print what it says. Its scripts run in e2e/ArticleTests.</summary>
public partial class FromTheArticleTests
{
    private static readonly string Root = FindRoot();

    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs", "from-the-article.md"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_quoted_block_is_in_the_file_that_the_page_names()
    {
        var quotes = Quote().Matches(Page);
        Assert.Equal(Page.Split("```cs\n").Length - 1, quotes.Count);
        Assert.All(quotes, quote => Assert.Contains(WithoutIndent(quote.Groups["code"].Value), WithoutIndent(File.ReadAllText(Path.Combine(Root, quote.Groups["file"].Value))), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_commands_publish_the_frame_of_the_article_and_replay_it()
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "Needs bash and curl.");
        await using var hub = Hubs.Start();
        var printed = "";
        foreach (var command in Blocks("sh"))
        {
            var start = new ProcessStartInfo("/bin/bash", ["-c", command.Replace("http://localhost:5080/", hub.Address.ToString(), StringComparison.Ordinal)]) { RedirectStandardOutput = true, Environment = { ["KEY"] = Hubs.ApiKey } };
            using var shell = Process.Start(start)!;
            printed += await shell.StandardOutput.ReadToEndAsync(Cancellation);
            await shell.WaitForExitAsync(Cancellation);
        }
        Assert.Contains($"\n{Frame}\n", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_frame_on_the_page_is_what_the_encoder_writes() =>
        Assert.Equal(Frame + "\n", Encoding.UTF8.GetString(EventStreamEncoder.Encode(new EventStreamFrame("'Hello Dolly!'", "ping"))));

    private static string Frame => Assert.Single(Blocks(""), block => block.StartsWith("event:", StringComparison.Ordinal));

    private static IEnumerable<string> Blocks(string language) => from Match block in Block().Matches(Page) where block.Groups["language"].Value == language select block.Groups["code"].Value;

    private static string WithoutIndent(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));

    [GeneratedRegex("^```(?<language>\\w*)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    // The last path before the block.
    [GeneratedRegex("`(?<file>[\\w/]+\\.cs)`[^`]*\n```cs\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Quote();
}
