using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using NotifyDashboard.Storage;

namespace NotifyDashboard;

/// <summary>Turns start failures that an administrator can fix into a message. All other exceptions keep their stack trace.</summary>
internal static class StartError
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    /// <returns>The message, or null for any other exception.</returns>
    public static string? Sentence(Exception exception) => exception switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        StoreException or StartException => exception.Message,
        // A value of the wrong type in a list: the inner exception names the key and the value.
        InvalidOperationException { Source: Binder, InnerException: InvalidOperationException { Source: Binder } inner } => Sentence(inner),
        // A value of the wrong type: the binder names the key and the value.
        InvalidOperationException { Source: Binder } => exception.Message,
        InvalidOperationException { Source: "Microsoft.Extensions.Logging.Configuration" } => $"Logging:LogLevel is wrong: {exception.Message}",
        FormatException { Source: "Microsoft.Extensions.Configuration.CommandLine" } => $"The command line is wrong: {exception.Message}",
        InvalidDataException { InnerException: FormatException inner } => $"{exception.Message} {inner.Message}",
        IOException { InnerException: AddressInUseException } => ListenAddresses.InUse(exception.Message),
        // Errors that only Kestrel can detect, such as a certificate file that cannot be read.
        SocketException => $"Urls cannot be listened on: {exception.Message}",
        InvalidOperationException or IOException when exception.Source?.StartsWith(Kestrel, StringComparison.Ordinal) == true => $"Urls cannot be listened on: {exception.Message.Split('\n')[0].Trim()}",
        AggregateException { InnerExceptions: [var only] } => Sentence(only),
        _ => null,
    };
}
