namespace NotifyDashboard.Tests.Testing;

/// <summary>The program's own entry point, in this process, with settings that must stop it. Belongs into <see cref="Sequential"/>: the console is everybody's.</summary>
internal static class ProgramStart
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <returns>The exit code, and what was printed to the standard error.</returns>
    public static async Task<(int Code, string Errors)> FailAsync(TemporaryFolder folder, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Urls"] = "http://127.0.0.1:0",
            ["Storage:ConnectionString"] = $"Data Source={System.IO.Path.Combine(folder.Path, "hub.db")}",
            ["contentRoot"] = folder.Path,
            // Each start would hold a file watcher, of which the system has few.
            ["hostBuilder:reloadConfigOnChange"] = "false",
        };
        foreach (var (key, value) in settings) all[key] = value;
        var (before, errors) = (Console.Error, new StringWriter());
        Console.SetError(errors);
        try
        {
            var arguments = all.Select(setting => $"--{setting.Key}={setting.Value}").ToArray();
            // The compiler's entry point waits for the asynchronous one: a start that is not refused would hold the test for ever.
            var running = Task.Run(() => (int)typeof(Program).Assembly.EntryPoint!.Invoke(null, [arguments])!);
            return (await running.WaitAsync(Timeout), errors.ToString());
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The start was not refused: {string.Join(' ', settings)}");
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
