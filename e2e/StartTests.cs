using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd;

/// <summary>A wrong setting stops the start with one sentence that names its key, and no stack trace around it.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Access__Bootstrap__ApiKey", "short", "Access:Bootstrap:ApiKey must be 32 to 256 visible ASCII characters without a dot.")]
    [InlineData("Access__Bootstrap__OperatorName", "mara", "Access:Bootstrap:OperatorPassword is missing; Access:Bootstrap:OperatorName needs it.")]
    [InlineData("Streams__Heartbeat", "00:00:00", "Streams:Heartbeat must be 00:00:01 to 01:00:00.")]
    [InlineData("Hub__HotTailBytes", "1", "Hub:HotTailBytes must be 65536 to 1073741824 (1 GiB).")]
    [InlineData("Storage__Provider", "Oracle", "Storage:Provider is \"Oracle\"; this version knows only \"Sqlite\".")]
    [InlineData("Storage__ConnectionString", "Data Source=:memory:", "Storage:ConnectionString names a database in memory; give a file, such as \"Data Source=data/notifydashboard.db\".")]
    [InlineData("Publishing__PerMinute", "many", "Failed to convert configuration value 'many' at 'Publishing:PerMinute' to type 'System.Int32'.")]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence(string key, string value, string sentence)
    {
        var (code, printed) = await HubProcess.FailToStartAsync(new() { [key] = value });
        Assert.Equal(1, code);
        Assert.Equal(sentence, printed.Trim());
    }
}
