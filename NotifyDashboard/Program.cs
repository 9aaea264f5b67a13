using Microsoft.Extensions.Logging.Console;
using NotifyDashboard;
using NotifyDashboard.Access;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Components;
using NotifyDashboard.Components.Circuits;
using NotifyDashboard.Connections;
using NotifyDashboard.Demo;
using NotifyDashboard.Hub;
using NotifyDashboard.Inbox;
using NotifyDashboard.Monitoring;
using NotifyDashboard.Operating;
using NotifyDashboard.Publishing;
using NotifyDashboard.Storage;
using NotifyDashboard.Subscribing;

try
{
    // The slim builder omits IIS and QUIC, which the hub does not use.
    var builder = WebApplication.CreateSlimBuilder(DemoSetup.WithoutSwitch(args));
    builder.WebHost.UseKestrelHttpsConfiguration();
    // Makes `dotnet run` find the static files of the build in every environment, not only in Development.
    builder.WebHost.UseStaticWebAssets();
    SettingsCheck.Run(builder.Configuration);
    builder.AddDemo(args);
    builder.Services.AddStorage();
    builder.Services.AddHub();
    builder.Services.AddAccess();
    builder.Services.AddPublishing();
    builder.Services.AddInbox();
    builder.Services.AddSubscribing();
    builder.Services.AddOperating();
    builder.Services.AddMonitoring();
    builder.Services.AddProxy();
    builder.Services.AddConnectionLimit();
    builder.Services.AddPages();

    // Standard output carries the command's result, which a script may read; the log goes to standard error.
    if (CommandLine.IsCommand(args)) builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    var app = builder.Build();
    if (CommandLine.IsCommand(args))
    {
        // Disposing the application closes the store, which removes deleted data from its files.
        await using (app) return await CommandLine.RunAsync(args, app.Services, Console.Out, Console.Error);
    }
    app.UseStreams();
    app.UseSecurityHeaders();
    app.UseOperating();
    app.UseProxy();
    app.UseMiddleware<RefusedPublishes>();
    app.UseRelativeRedirects();
    app.UseMiddleware<WebSocketWarning>();
    app.UseApiRefusals();
    app.UseStorage();
    app.UsePageRefusals();
    app.UseAccess();
    app.UseMiddleware<CircuitLimit>();
    app.UseMiddleware<BodyLimit>();
    app.UseRequestEncodingGuard();
    app.UseAntiforgery();
    var routes = app.MapGroup("").WithHead();
    routes.MapHealth();
    routes.MapStream();
    routes.MapNotifications();
    routes.MapScheduled();
    routes.MapTickets();
    routes.MapPresence();
    routes.MapInbox();
    routes.MapRecipients();
    app.MapDemo();
    app.MapPages();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartError.Sentence(exception) is { } sentence)
{
    Console.Error.WriteLine(sentence);
    return 1;
}

/// <summary>The entry point, public so that tests can start it.</summary>
public partial class Program;
