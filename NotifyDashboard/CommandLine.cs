using System.CommandLine;
using System.CommandLine.Help;
using NotifyDashboard.Access;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Inbox;

namespace NotifyDashboard;

/// <summary>The commands that run instead of the server, when the first argument is a command or asks for help.</summary>
internal static class CommandLine
{
    // "@alice" is a name, not a response file with further arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static bool IsCommand(string[] args) => args is ["operator" or "token" or "recipient" or "--help" or "-h" or "-?", ..];

    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter errors)
    {
        var program = new Command("NotifyDashboard", "Without a command it starts the hub, with --demo one to try out; docs/operations.md lists the settings, which a command takes too.")
        {
            OperatorCommand.Create(services), TokenCommand.Create(services), RecipientCommand.Create(services), new HelpOption(),
        };
        var parsed = program.Parse([.. WithoutSettings(args)], Parsing);
        return parsed.InvokeAsync(new InvocationConfiguration
        {
            // A script that captures standard output must get a result or nothing, so the help after an error goes to standard error.
            Output = parsed.Errors.Count > 0 ? errors : output,
            Error = errors,
            // Program.cs reports the errors that an administrator can fix (StartError).
            EnableDefaultExceptionHandler = false,
        });
    }

    public static Option<string> RecipientOption()
    {
        var sub = new Option<string>("--sub") { Required = true, HelpName = "NAME", Description = "The recipient, as in the claim sub of their tokens." };
        sub.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<string>() is not { Length: > 0 }) given.AddError("--sub needs a name.");
        });
        return sub;
    }

    /// <summary>The arguments without <c>--urls</c> and <c>--Section:Key</c>, which the configuration has already read.</summary>
    private static IEnumerable<string> WithoutSettings(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].Split('=')[0];
            if (name != "--urls" && !(name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal))) yield return args[i];
            else if (name == args[i]) i++; // its value is the next argument
        }
    }
}
