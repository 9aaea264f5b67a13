using NotifyDashboard.EndToEnd.Harness;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>The command that deletes what is held of a recipient, as a program beside the server and after it.</summary>
public sealed class EraseTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Erase_command_removes_the_recipients_notifications_from_every_database_file(bool besideTheServer)
    {
        await using var hub = await HubProcess.StartAsync();
        await hub.PublishAsync(new { topic = "users/alice", title = "unmistakable", @private = true });
        if (!besideTheServer) await hub.KillAsync();
        Assert.NotEmpty(Holding(hub, "unmistakable"));
        var (code, printed) = await hub.CommandAsync("recipient", "erase", "--sub", "alice");
        Assert.StartsWith("Nothing is held of alice any more.", printed, StringComparison.Ordinal);
        Assert.Equal(0, code);
        Assert.Empty(Holding(hub, "unmistakable"));
    }

    private static List<string> Holding(HubProcess hub, string word) =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(hub.Database)!, "hub.db*").Where(file => FileBytes.Hold(file, word))];
}
