using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("NotifyDashboard [command] [options]", "--help")]
    [InlineData("reset-password <NAME>", "operator", "--help")]
    [InlineData("NotifyDashboard operator reset-password <NAME> [options]", "operator", "reset-password", "-h")]
    [InlineData("--minutes <MINUTES>", "token", "--help")]
    [InlineData("--sub <NAME> (REQUIRED)", "recipient", "erase", "-?")]
    public async Task Help_of_a_command_is_printed_to_the_output_with_exit_code_0(string expected, params string[] args)
    {
        await using var hub = Hubs.Start();
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.True(CommandLine.IsCommand(args));
        Assert.Equal(0, await CommandLine.RunAsync(args, hub.Services, output, errors));
        Assert.Contains(expected, output.ToString(), StringComparison.Ordinal);
        Assert.Equal("", errors.ToString());
    }

    [Theory]
    [InlineData]
    [InlineData("--urls", "http://localhost:1")]
    [InlineData("--Storage:ConnectionString=Data Source=token")]
    public void Arguments_with_settings_only_are_not_a_command(params string[] args) => Assert.False(CommandLine.IsCommand(args));
}
