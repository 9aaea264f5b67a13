using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NotifyDashboard.Access;
using NotifyDashboard.Hub;
using NotifyDashboard.Storage;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

/// <summary>A small application with one endpoint per policy: this folder's rules without the features behind them.</summary>
internal sealed class AccessProbe : IAsyncDisposable
{
    public const string Friend = "https://shop.example";

    private static readonly string[] Writes = ["POST", "PUT", "PATCH", "DELETE"];

    private readonly string _folder = Directory.CreateTempSubdirectory("notifydashboard-").FullName;
    private readonly WebApplication _app;

    private AccessProbe(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(AccountPages.WithMara)
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "hub.db")}",
            ["Access:AllowedOrigins:0"] = Friend,
        });
        builder.Services.AddSingleton(time).AddStorage().AddAccess().AddSingleton<IOpenStreams, FakeStreams>().AddSingleton(new BannerOutput(TextWriter.Null)).AddRazorComponents().AddInteractiveServerComponents();
        _app = builder.Build();
        _app.UseStorage();
        _app.UseAccess();
        var api = _app.MapGroup("/api").RequireCors(Policies.AllowedOrigins);
        api.MapMethods("/publish", Writes, (Delegate)Who).RequireAuthorization(Policies.Publish);
        api.MapGet("/read", Who).RequireAuthorization(Policies.ReadHistory);
        api.MapGet("/operator", Who).RequireAuthorization(Policies.Operator);
        api.MapGet("/sender", Who).RequireAuthorization(Policies.Sender);
        _app.MapGet("/sse-stream", Who).RequireCors(Policies.AllowedOrigins);
        _app.MapPost("/probe/sign-in", SignInWithAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public HttpClient Http { get; } = HubServer.NewHttp();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<AccessProbe> StartAsync(TimeProvider? time = null)
    {
        var probe = new AccessProbe(time ?? TimeProvider.System);
        await probe._app.StartAsync(TestContext.Current.CancellationToken);
        return probe;
    }

    /// <summary>Makes a key and gives its text.</summary>
    public async Task<string> AddKeyAsync(params string[] actions)
    {
        var text = ApiKeyText.Create();
        await Get<IApiKeyStore>().AddAsync(new("shop", ApiKeyText.Hash(text), ApiKeyOrigins.Operator, actions, ["orders/:id", "news"]), new("key-created", "test"));
        return text;
    }

    /// <summary>Gives <see cref="Http"/> the cookie of an operator of that role.</summary>
    public async Task SignInAsync(string role)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/probe/sign-in?role=" + role);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? authorization = null, HttpContent? content = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = content };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Who(ClaimsPrincipal user) => Publisher.From(user) is { } p ? $"{p.Kind} {p.Name} {string.Join(',', p.Actions)} {string.Join(',', p.TopicPatterns)}" : "nobody";

    private static async Task SignInWithAsync(string role, HttpContext context, IOperatorStore operators, OperatorSignIn signIn)
    {
        await operators.AddAsync(new(role, role, "-"), new("joined", "test"));
        await signIn.SignInAsync(context, (await operators.FindAsync(role, context.RequestAborted))!);
    }
}
