using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage.Sqlite;
using NotifyDashboard.Subscribing;

namespace NotifyDashboard.Tests.Testing;

/// <summary>Servers whose publisher is known, and calls to them. The key stands here alone.</summary>
internal static class Hubs
{
    public const string ApiKey = "a-key-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz";

    public static AuthenticationHeaderValue Bearer { get; } = new("Bearer", ApiKey);

    public static HubServer Start(params (string Key, string? Value)[] settings) => Start(_ => { }, settings);

    public static HubServer Start(TimeProvider time, params (string Key, string? Value)[] settings) => Start(services => services.AddTime(time), settings);

    public static HubServer Start(Action<IServiceCollection> services, params (string Key, string? Value)[] settings)
    {
        var all = settings.ToDictionary(s => s.Key, s => s.Value);
        all["Access:Bootstrap:ApiKey"] = ApiKey;
        return HubServer.Start(all, services);
    }

    /// <param name="log">The log, once the server runs.</param>
    public static HubServer StartWithFaultyLog(out Func<FaultyLog> log, params (string Key, string? Value)[] settings) => StartWithFaultyLog(out log, _ => { }, settings);

    public static HubServer StartWithFaultyLog(out Func<FaultyLog> log, Action<IServiceCollection> services, params (string Key, string? Value)[] settings)
    {
        var server = Start(all =>
        {
            services(all);
            all.AddSingleton<INotificationLog>(provider => new FaultyLog(ActivatorUtilities.CreateInstance<SqliteNotificationLog>(provider)));
        }, settings);
        log = () => (FaultyLog)server.Services.GetRequiredService<INotificationLog>();
        return server;
    }

    public static void AddTime(this IServiceCollection services, TimeProvider time) => services.AddSingleton(time);

    /// <summary>A request with the publisher's key.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this HubServer server, HttpMethod method, string path, HttpContent? content = null, bool withKey = true, string? accept = null, bool expectContinue = false)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Address, path)) { Content = content };
        if (withKey) request.Headers.Authorization = Bearer;
        request.Headers.ExpectContinue = expectContinue;
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> PostAsync(this HubServer server, string json, string contentType = "application/json") =>
        server.SendAsync(HttpMethod.Post, "/api/notifications", new StringContent(json, Encoding.UTF8, contentType));

    /// <summary>Publishes and gives the id.</summary>
    public static async Task<string> PublishAsync(this HubServer server, object draft)
    {
        using var response = await server.PostAsync(JsonSerializer.Serialize(draft));
        var receipt = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return receipt.GetProperty("id").GetString()!;
    }

    /// <summary>Publishes in process, for many.</summary>
    public static Task PublishAsync(this HubServer server, int count, Func<int, NotificationDraft> draft)
    {
        var hub = server.Services.GetRequiredService<NotificationHub>();
        return Task.WhenAll(Enumerable.Range(1, count).Select(i => hub.PublishAsync(draft(i), "tester", TestContext.Current.CancellationToken)));
    }

    /// <summary>Streams open now.</summary>
    public static int Streams(this HubServer server) => server.Services.GetRequiredService<StreamWriters>().Count;

    /// <summary>Streams that were closed by the write timeout.</summary>
    public static long TimedOut(this HubServer server) => server.Services.GetRequiredService<NotificationHub>().Counters.TimedOut;

    /// <summary>Connections that a notification on this topic would reach.</summary>
    public static async Task<int> ReachedAsync(this HubServer server, string topic) =>
        (await server.Services.GetRequiredService<NotificationHub>().CountReachedAsync(Drafts.Text("", topic))).Streams;

    public static Task<StreamReading> OpenAsync(this HubServer server, string query = "", string? lastEventId = null) =>
        StreamReading.OpenAsync(server, query, lastEventId);
}
