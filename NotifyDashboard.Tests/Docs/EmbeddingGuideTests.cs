using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Docs;

/// <summary>The examples of docs/tokens.md are run word for word, where their language is installed.</summary>
public class EmbeddingGuideTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("js", "token.mjs", "node")]
    [InlineData("python", "token.py", "python3")]
    [InlineData("php", "token.php", "php")]
    public async Task Token_made_by_each_example_of_the_embedding_guide_is_accepted(string language, string file, string program)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, file);
        await File.WriteAllTextAsync(path, Example(language), Cancellation);
        var token = await RunAsync(program, path);
        await using var hub = Hubs.Start(Jwt.Pairs);
        Assert.Equal(HttpStatusCode.Created, await hub.TryAsync(token));
    }

    private static string Example(string language, [CallerFilePath] string here = "")
    {
        var guide = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../docs/tokens.md"));
        var start = guide.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static async Task<string> RunAsync(string program, string path)
    {
        var start = new ProcessStartInfo(program, path) { RedirectStandardOutput = true, Environment = { ["NOTIFY_SECRET"] = Jwt.Secret } };
        Process? running = null;
        try
        {
            running = Process.Start(start);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
        }
        using (running)
        {
            var printed = await running!.StandardOutput.ReadToEndAsync(Cancellation);
            await running.WaitForExitAsync(Cancellation);
            return printed.Trim();
        }
    }
}
