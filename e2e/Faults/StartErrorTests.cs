using NotifyDashboard.EndToEnd.Harness;

namespace NotifyDashboard.EndToEnd.Faults;

/// <summary>A database that cannot be used stops the start: one sentence that says what to do, exit code 1, and not a byte of it changed.</summary>
public sealed class StartErrorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("notifydashboard-start-").FullName;

    private string Database => Path.Combine(_folder, "hub.db");

    [Theory]
    [InlineData("a program's old text file, long enough for a header, and then some more of it, so that nothing is missing but the format of a database at all", "file is not a database")]
    [InlineData("SQLite format 3\0 and then nothing that belongs there", "file is not a database")]
    public async Task File_that_is_not_a_database_stops_the_start_and_stays_unchanged(string content, string why)
    {
        await File.WriteAllTextAsync(Database, content, TestContext.Current.CancellationToken);
        await RefusedAsync(why);
    }

    [Theory]
    [InlineData("PRAGMA user_version=9999", "is of a newer version (schema 9999")]
    [InlineData("PRAGMA application_id=1", "belongs to another program")]
    public async Task Database_of_a_newer_version_or_another_program_stops_the_start_and_stays_unchanged(string script, string why)
    {
        await MakeAsync();
        Execute(script);
        await RefusedAsync(why);
    }

    [Fact]
    public async Task Truncated_database_stops_the_start_and_stays_unchanged()
    {
        await MakeAsync();
        await using (var file = File.OpenWrite(Database)) file.SetLength(file.Length / 2);
        await RefusedAsync("malformed");
    }

    [Fact]
    public async Task Database_locked_by_another_program_stops_the_start_and_stays_unchanged()
    {
        await MakeAsync();
        using var other = StoredLog.Open(Database);
        using var locked = other.BeginTransaction();
        await RefusedAsync("end the other program");
    }

    [Fact]
    public async Task Folder_at_the_database_path_stops_the_start_with_one_sentence()
    {
        Directory.CreateDirectory(Database);
        await RefusedAsync("unable to open");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_only_database_folder_stops_the_start_with_one_sentence(bool holdsADatabase)
    {
        if (holdsADatabase) await MakeAsync();
        // Root heeds no mode, but a file system that is mounted read-only it cannot write to either.
        await Tools.NeedAsync("mount", "--bind", _folder, _folder);
        try
        {
            await Tools.NeedAsync("mount", "-o", "remount,ro,bind", _folder);
            await RefusedAsync("let the user that this runs as");
        }
        finally
        {
            Assert.Null(await Tools.RunAsync("umount", _folder));
        }
    }

    [Fact]
    public async Task Read_only_database_file_stops_the_start_and_stays_unchanged()
    {
        await MakeAsync();
        await Tools.NeedAsync("chattr", "+i", Database);
        try
        {
            await RefusedAsync("let the user that this runs as");
        }
        finally
        {
            await Tools.RunAsync("chattr", "-i", Database);
        }
    }

    // As this version makes it, with a server that then stopped.
    private async Task MakeAsync()
    {
        await using var hub = await HubProcess.StartAsync(Environment);
        await hub.PublishAsync(new { data = "kept" });
        await hub.StopAsync();
    }

    private async Task RefusedAsync(string why)
    {
        var before = File.Exists(Database) ? await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken) : null;
        var (code, printed) = await HubProcess.FailToStartAsync(Environment);
        Assert.Equal(1, code);
        var sentence = Assert.Single(printed.Trim().Split('\n'));
        Assert.StartsWith($"The database {Database} ", sentence, StringComparison.Ordinal);
        Assert.Contains(why, sentence, StringComparison.Ordinal);
        if (before is not null) Assert.Equal(before, await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken));
        else Assert.False(File.Exists(Database));
    }

    private Dictionary<string, string> Environment => new() { ["Storage__ConnectionString"] = $"Data Source={Database}" };

    private void Execute(string script)
    {
        using var connection = StoredLog.Open(Database);
        using var command = connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
