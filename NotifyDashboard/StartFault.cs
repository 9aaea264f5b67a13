using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using NotifyDashboard.Storage;

namespace NotifyDashboard;

/// <summary>Says in one sentence why the start stopped, where the administrator can mend it; anything else keeps its stack trace.</summary>
internal static class StartFault
{
    public static string? Sentence(Exception fault) => fault switch
    {
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures),
        StoreException => fault.Message,
        // A value of the wrong kind: the binder names key and value.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => fault.Message,
        IOException { InnerException: AddressInUseException } => $"{fault.Message} Stop the other program, or give another address with --urls http://localhost:5081.",
        AggregateException { InnerExceptions: [var only] } => Sentence(only),
        _ => null,
    };
}
