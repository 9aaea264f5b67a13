using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Circuits;

/// <summary>The program's own logging, with one more log that hears what the console does.</summary>
public sealed class CircuitErrorsTests : IAsyncDisposable
{
    private readonly SeenErrors _seen = new();
    private readonly HubServer _hub;
    private readonly ILogger _circuit;

    public CircuitErrorsTests()
    {
        _hub = HubServer.Start(services: services => services.AddSingleton<ILoggerProvider>(_seen));
        _circuit = _hub.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Components.Server.Circuits.CircuitHost");
    }

    [Fact]
    public void Repeated_browser_errors_are_logged_once_on_one_short_line()
    {
        for (var i = 0; i < 100; i++) Fail(() => throw new JSException($"{i}\n" + new string('x', 100_000)));
        var line = Assert.Single(_seen.Entries);
        Assert.StartsWith("Error A circuit ended with an unhandled exception: JSException: 0 xxx", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 200, 350);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void Throttled_browser_errors_do_not_suppress_server_exceptions()
    {
        for (var i = 0; i < LogThrottle.Most * 2; i++) Fail(() => throw new JSException("x"));
        Fail(() => throw new JsonException("ours"));
        Assert.Contains("System.Text.Json.JsonException: ours", _seen.Entries[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Server_exceptions_are_logged_with_a_stack_trace_once_per_type()
    {
        for (var i = 0; i < 10; i++)
        {
            Fail(() => throw new InvalidOperationException("ours"));
            Fail(() => throw new ArgumentException("another"));
        }
        Assert.Equal(2, _seen.Entries.Count);
        Assert.Contains($"System.InvalidOperationException: ours{Environment.NewLine}   at ", _seen.Entries[0], StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private void Fail(Action fail)
    {
        try
        {
            fail();
        }
        catch (Exception exception)
        {
#pragma warning disable CA1848, CA2254 // As the framework does.
            _circuit.LogError(exception, "Unhandled exception in circuit 'id'.");
#pragma warning restore CA1848, CA2254
        }
    }
}
