using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NotifyDashboard.Access;

namespace NotifyDashboard.Tests.Testing;

/// <summary>The whole application on a free port, with a database of its own that is deleted at the end.</summary>
public sealed class HubServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("notifydashboard-").FullName;
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection> _services;
    private Factory _factory = null!;

    private HubServer(Dictionary<string, string?> settings, Action<IServiceCollection> services)
    {
        (_settings, _services) = (settings, services);
        if (!_settings.ContainsKey(DemoSwitch))
        {
            var database = Path.Combine(_folder, "hub.db");
            MigratedDatabase.CopyTo(database);
            _settings["Storage:ConnectionString"] = $"Data Source={database}";
        }
        // The factory chooses the port later: without this the start would look whether the default one is free.
        _settings["Urls"] = "http://127.0.0.1:0";
        Http = NewHttp();
    }

    /// <summary>As a setting, with the value true: the demo hub, which brings its own store.</summary>
    public const string DemoSwitch = "demo";

    public Uri Address { get; private set; } = null!;

    /// <summary>Follows no redirects, keeps cookies, also over a restart.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _factory.Services;

    /// <param name="settings">Configuration, keys as in appsettings.json with colons.</param>
    /// <param name="services">Replaces services, for one a clock.</param>
    public static HubServer Start(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var server = new HubServer(settings ?? [], services ?? (_ => { }));
        server.Run();
        return server;
    }

    /// <summary>Stops and starts again on the same database and, where it is free, the same port.</summary>
    public async Task RestartAsync(Dictionary<string, string?>? changed = null)
    {
        foreach (var (key, value) in changed ?? []) _settings[key] = value;
        await _factory.DisposeAsync();
        Run();
    }

    /// <summary>Another browser: cookies of its own. A stream that it leaves it leaves at once: the handler would read on for two seconds, for the connection's sake.</summary>
    public static HttpClient NewHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _factory.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Run()
    {
        _factory = new Factory(_settings, _services);
        _factory.UseKestrel(0);
        _factory.StartServer();
        Address = new(_factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    private sealed class Factory(Dictionary<string, string?> settings, Action<IServiceCollection> services) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (key, value) in settings) builder.UseSetting(key, value);
            builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
            builder.ConfigureServices(registered => registered.AddSingleton(new BannerOutput(TextWriter.Null)));
            builder.ConfigureServices(services);
        }
    }
}
