namespace NotifyDashboard.EndToEnd.Harness;

/// <summary>Programs that a test needs and that a machine may not have.</summary>
internal static class Programs
{
    // Debian has servers in /usr/sbin, which is not on every user's path.
    private static readonly string[] Folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];

    /// <summary>The program's file; null where it is not installed.</summary>
    public static string? Find(string name) => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>The program's file. Skips the test where it is not installed.</summary>
    public static string Need(string name)
    {
        var file = Find(name);
        Assert.SkipWhen(file is null, $"{name} is missing.");
        return file;
    }
}
