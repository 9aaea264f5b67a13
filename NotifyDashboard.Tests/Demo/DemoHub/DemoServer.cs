using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Demo.DemoHub;

/// <summary>A hub that was started with <c>--demo</c>, its clock, and what it printed.</summary>
internal sealed partial class DemoServer : IAsyncDisposable
{
    private readonly StringWriter _printed = new();

    public DemoServer() => Hub = HubServer.Start(new() { [HubServer.DemoSwitch] = "true" }, services =>
        services.AddSingleton<TimeProvider>(Time).AddSingleton(new BannerOutput(_printed)));

    public SettableTime Time { get; } = new();

    public HubServer Hub { get; }

    public string Printed => _printed.ToString();

    /// <summary>The printed sign-in link.</summary>
    public Uri Link => new(PrintedLink().Match(Printed).Value);

    public Uri SignInPage => new(Hub.Address, "/sign-in");

    /// <summary>Whether a browser with these cookies is signed in.</summary>
    public async Task<bool> IsSignedInAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri(Hub.Address, "/compose"), TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await _printed.DisposeAsync();
    }

    [GeneratedRegex(@"http\S+/sign-in/demo\?token=\S+")]
    private static partial Regex PrintedLink();
}
