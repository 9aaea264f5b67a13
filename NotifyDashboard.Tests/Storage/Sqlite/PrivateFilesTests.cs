using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Storage.Sqlite;

/// <summary>Only the hub's own user can access its files: they hold notifications, and the keys that protect cookies.</summary>
[Collection(nameof(Sequential))]
public sealed class PrivateFilesTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite, Everybody = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("000")]
    [InlineData("022")]
    [InlineData("077")]
    [InlineData("277")]
    public async Task Every_file_is_accessible_to_its_user_only_whatever_the_umask_and_the_folder(string umask)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        using var folder = new TemporaryFolder();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        var before = SetMask(Convert.ToUInt32(umask, 8));
        try
        {
            using var source = new SqliteDataSource(new StorageOptions { ConnectionString = "Data Source=hub.db" }, folder.Path);
            SqliteSchema.Migrate(source);
            using var writer = new SqliteWriter(source);
            using var log = new SqliteNotificationLog(new Database(source, writer), source, writer, NullLogger<SqliteNotificationLog>.Instance);
            await log.OpenAsync(Cancellation);
            await log.AppendAsync([new PublishChange([Drafts.Text("words")], "tester")], Drafts.Noon);
            await Eventually.TrueAsync(() => File.Exists(source.SearchFile + "-wal"));
            await log.PurgeAsync(Cancellation);
            var files = Directory.GetFiles(folder.Path);
            Assert.Superset(new HashSet<string> { "hub.db", "hub.db-wal", "hub.db-shm" }, files.Select(file => Path.GetFileName(file)!).ToHashSet());
            Assert.True(files.Length >= 7, string.Join(' ', files));
            Assert.All(files, file => Assert.Equal((file, Owner), (file, Mode(file))));
        }
        finally
        {
            _ = SetMask(before);
        }
    }

    [Fact]
    public async Task Start_on_files_that_others_can_read_logs_them_and_the_command_that_fixes_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        var seen = new SeenErrors();
        await using var hub = Hubs.Start(services => services.AddSingleton<ILoggerProvider>(seen));
        await hub.PublishAsync(new { title = "T" });
        Assert.DoesNotContain(seen.Entries, IsWarning);
        var file = hub.Services.GetRequiredService<SqliteDataSource>().File;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, Everybody);
            File.SetUnixFileMode(file + "-head", Owner | UnixFileMode.GroupRead);
        }
        await hub.RestartAsync();
        var said = Assert.Single(seen.Entries, IsWarning);
        Assert.Contains($"chmod 600 {file} ", said, StringComparison.Ordinal);
        Assert.Contains($" {file}-head", said, StringComparison.Ordinal);
        Assert.DoesNotContain($"{file}-search ", said, StringComparison.Ordinal);
        // It is logged, and the permissions stay as the administrator set them.
        Assert.Equal(Everybody, Mode(file));
    }

    private static bool IsWarning(string entry) => entry.Contains("chmod", StringComparison.Ordinal);

    private static UnixFileMode Mode(string file) => OperatingSystem.IsWindows() ? Owner : File.GetUnixFileMode(file);

    [DllImport("libc", EntryPoint = "umask", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
