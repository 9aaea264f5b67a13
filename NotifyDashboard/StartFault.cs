using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using NotifyDashboard.Storage;

namespace NotifyDashboard;

/// <summary>Turns start failures that an administrator can fix into a message. All other exceptions keep their stack trace.</summary>
internal static class StartFault
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    /// <returns>The message, or null for any other exception.</returns>
    public static string? Sentence(Exception fault) => fault switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        StoreException or StartException => fault.Message,
        // A value of the wrong type in a list: the inner exception names the key and the value.
        InvalidOperationException { Source: Binder, InnerException: InvalidOperationException { Source: Binder } inner } => Sentence(inner),
        // A value of the wrong type: the binder names the key and the value.
        InvalidOperationException { Source: Binder } => fault.Message,
        InvalidOperationException { Source: "Microsoft.Extensions.Logging.Configuration" } => $"Logging:LogLevel is wrong: {fault.Message}",
        FormatException { Source: "Microsoft.Extensions.Configuration.CommandLine" } => $"The command line is wrong: {fault.Message}",
        InvalidDataException { InnerException: FormatException inner } => $"{fault.Message} {inner.Message}",
        IOException { InnerException: AddressInUseException } => ListenAddresses.InUse(fault.Message),
        // Errors that only Kestrel can detect, such as a certificate file that cannot be read.
        SocketException => $"Urls cannot be listened on: {fault.Message}",
        InvalidOperationException or IOException when fault.Source?.StartsWith(Kestrel, StringComparison.Ordinal) == true => $"Urls cannot be listened on: {fault.Message.Split('\n')[0].Trim()}",
        AggregateException { InnerExceptions: [var only] } => Sentence(only),
        _ => null,
    };
}
