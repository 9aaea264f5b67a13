using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Access;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access;

/// <summary>Everybody tries every address that the application maps. A new address without a line in <see cref="Rules"/> fails.</summary>
public sealed class RoleMatrixTests : IAsyncLifetime
{
    private enum Rule { Anyone, Operator, Sender, Admin, Publish, Read, Manage, Recipient }

    private static readonly Dictionary<string, Rule> Rules = new()
    {
        ["GET /healthz/live"] = Rule.Anyone,
        ["GET /healthz/ready"] = Rule.Anyone,
        ["GET /sse-stream"] = Rule.Anyone,
        ["POST /api/notifications/"] = Rule.Publish,
        ["GET /api/notifications/"] = Rule.Read,
        ["GET /api/notifications/export"] = Rule.Read,
        ["GET /api/notifications/{id}"] = Rule.Read,
        ["PATCH /api/notifications/{id}"] = Rule.Manage,
        ["DELETE /api/notifications/{id}"] = Rule.Manage,
        ["GET /api/scheduled/"] = Rule.Read,
        ["GET /api/scheduled/{id}"] = Rule.Read,
        ["PATCH /api/scheduled/{id}"] = Rule.Manage,
        ["DELETE /api/scheduled/{id}"] = Rule.Manage,
        ["POST /api/stream-tickets"] = Rule.Recipient,
        ["POST /api/presence"] = Rule.Anyone,
        ["GET /api/inbox/"] = Rule.Recipient,
        ["GET /api/inbox/counts"] = Rule.Recipient,
        ["GET /api/inbox/preferences"] = Rule.Recipient,
        ["PUT /api/inbox/preferences"] = Rule.Recipient,
        ["POST /api/inbox/seen"] = Rule.Recipient,
        ["POST /api/inbox/read"] = Rule.Recipient,
        ["POST /api/inbox/unread"] = Rule.Recipient,
        ["POST /api/inbox/archive"] = Rule.Recipient,
        ["POST /api/inbox/unarchive"] = Rule.Recipient,
        ["POST /api/inbox/snooze"] = Rule.Recipient,
        ["GET /api/recipients/"] = Rule.Manage,
        ["DELETE /api/recipients/"] = Rule.Manage,
        ["GET /demo"] = Rule.Anyone,
        ["POST /demo/fire"] = Rule.Anyone,
        ["POST /api/demo/tokens"] = Rule.Anyone,
        ["GET /sign-in"] = Rule.Anyone,
        ["GET /sign-out"] = Rule.Anyone,
        ["GET /set-up"] = Rule.Anyone,
        ["GET /join"] = Rule.Anyone,
        ["GET /reset-password"] = Rule.Anyone,
        ["GET /refused/{Status:int}"] = Rule.Anyone,
        ["GET /"] = Rule.Operator,
        ["GET /compose"] = Rule.Sender,
        ["GET /history"] = Rule.Operator,
        ["GET /scheduled"] = Rule.Operator,
        ["GET /account"] = Rule.Operator,
        ["GET /access"] = Rule.Admin,
        ["GET /access/operators"] = Rule.Admin,
        ["GET /access/keys"] = Rule.Admin,
        ["GET /audit"] = Rule.Admin,
    };

    private readonly HubServer _hub = HubServer.Start(Jwt.Settings);
    private readonly List<(string Name, HttpClient Http, HashSet<Rule> May)> _everybody = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Add("nobody", []);
        foreach (var (role, may) in new[]
        {
            (Roles.Viewer, new[] { Rule.Operator, Rule.Read }),
            (Roles.Sender, [Rule.Operator, Rule.Read, Rule.Sender, Rule.Publish, Rule.Manage]),
            (Roles.Admin, [Rule.Operator, Rule.Read, Rule.Sender, Rule.Publish, Rule.Manage, Rule.Admin]),
        })
        {
            await SignInAsync(role, role);
            Add(role, may, _signedIn);
        }
        foreach (var ended in new[] { "disabled", "demoted", "signed out everywhere" })
        {
            await SignInAsync(ended, Roles.Admin);
            Add(ended, [], _signedIn);
        }
        var changes = _hub.Services.GetRequiredService<OperatorChanges>();
        await changes.DisableAsync("test", await SummaryAsync("disabled"));
        await changes.ChangeRoleAsync("test", await SummaryAsync("demoted"), Roles.Viewer);
        var out_ = await SummaryAsync("signed out everywhere");
        await changes.SignOutEverywhereAsync("test", out_.Id, out_.Name);
        await AddKeyAsync("key with publish", [Rule.Publish], Actions.Publish);
        await AddKeyAsync("key with read", [Rule.Read], Actions.Read);
        await AddKeyAsync("key with manage", [Rule.Manage], Actions.Manage);
        var recipient = HubServer.NewHttp();
        recipient.DefaultRequestHeaders.Authorization = new("Bearer", Jwt.Of("alice", new { authorization_details = new[] { new { actions = new[] { "publish", "read", "manage", "subscribe" }, topics = new[] { new { match = "*" } } } } }));
        Add("recipient", [Rule.Recipient], recipient);
    }

    [Fact]
    public void Every_mapped_address_has_a_rule()
    {
        var mapped = _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !IsFile(e) && e.RoutePattern.RawText != "{**path:file}" && !e.RoutePattern.RawText!.Contains("_blazor", StringComparison.Ordinal) && !e.RoutePattern.RawText.Contains("_framework", StringComparison.Ordinal))
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => $"{m} {(e.RoutePattern.RawText!.StartsWith('/') ? "" : "/")}{e.RoutePattern.RawText}"))
            // A page's form comes in at the page's own address, under the same policy.
            // HEAD is the same endpoint as GET, under the same policy.
            .Where(address => !address.StartsWith("HEAD ", StringComparison.Ordinal))
            .Where(address => !address.StartsWith("POST ", StringComparison.Ordinal) || Rules.ContainsKey(address) || !Rules.ContainsKey("GET" + address[4..])).Distinct();
        Assert.Equal(Rules.Keys.Order(), mapped.Order());
    }

    [Fact]
    public async Task Every_caller_reaches_exactly_the_endpoints_that_its_rule_allows()
    {
        var wrong = new List<string>();
        foreach (var (address, rule) in Rules)
        {
            foreach (var (name, http, may) in _everybody)
            {
                var allowed = await TryAsync(http, address);
                if (allowed != (rule == Rule.Anyone || may.Contains(rule))) wrong.Add($"{name}: {address} was {(allowed ? "allowed" : "refused")}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Revoked_key_is_refused_even_by_public_endpoints()
    {
        var key = ApiKeyText.Create();
        await _hub.Services.GetRequiredService<IApiKeyStore>().AddAsync(new("revoked", ApiKeyText.Hash(key), ApiKeyOrigins.Operator, Actions.All, ["*"]), new(AuditActions.KeyCreated, "test"));
        var found = await _hub.Services.GetRequiredService<ApiKeys>().FindAsync(key, Cancellation);
        await _hub.Services.GetRequiredService<ApiKeys>().RevokeAsync("test", found!.Id, "revoked");
        using var http = HubServer.NewHttp();
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        foreach (var address in Rules.Keys) Assert.False(await TryAsync(http, address), address);
    }

    [Fact]
    public void Every_page_has_an_authorization_policy()
    {
        var pages = _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null).ToList();
        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.NotEmpty(page.Metadata.GetOrderedMetadata<IAuthorizeData>()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, http, _) in _everybody) http.Dispose();
        await _hub.DisposeAsync();
    }

    private HttpClient _signedIn = null!;

    private static bool IsFile(Endpoint endpoint) => endpoint.Metadata.Any(m => m.GetType().Name.Contains("StaticAsset", StringComparison.Ordinal));

    private void Add(string name, Rule[] may, HttpClient? http = null) => _everybody.Add((name, http ?? HubServer.NewHttp(), [.. may]));

    private async Task SignInAsync(string name, string role)
    {
        var operators = _hub.Services.GetRequiredService<IOperatorStore>();
        await operators.AddAsync(new(name, role, _hub.Services.GetRequiredService<OperatorPasswords>().Hash(AccountPages.Password)), new(AuditActions.Joined, "test"));
        _signedIn = HubServer.NewHttp();
        using var answer = await _signedIn.SignInAsync(_hub, name);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private async Task<OperatorSummary> SummaryAsync(string name) =>
        (await _hub.Services.GetRequiredService<IOperatorStore>().ListAsync(Cancellation)).Single(o => o.Name == name);

    private async Task AddKeyAsync(string name, Rule[] may, params string[] actions)
    {
        var key = ApiKeyText.Create();
        await _hub.Services.GetRequiredService<IApiKeyStore>().AddAsync(new(name, ApiKeyText.Hash(key), ApiKeyOrigins.Operator, actions, ["*"]), new(AuditActions.KeyCreated, "test"));
        var http = HubServer.NewHttp();
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Add(name, may, http);
    }

    /// <summary>Refused: 401, 403, or the way to the sign-in. Anything else came past the rights, whatever it then says.</summary>
    private async Task<bool> TryAsync(HttpClient http, string address)
    {
        var (method, path) = (address.Split(' ')[0], address.Split(' ')[1].Replace("{id}", "none-1", StringComparison.Ordinal).Replace("{Status:int}", "404", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(new(method), new Uri(_hub.Address, path));
        if (method != "GET")
        {
            request.Content = new StringContent("{\"title\":\"T\"}", System.Text.Encoding.UTF8, "application/json");
            request.Headers.Add("Origin", _hub.Address.GetLeftPart(UriPartial.Authority));
        }
        // A page is read to its end: the hub ends with the test, and should not render for nobody then. A stream has none.
        var until = path == "/sse-stream" ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead;
        using var answer = await http.SendAsync(request, until, Cancellation);
        return answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            && !(answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("returnUrl=", StringComparison.Ordinal));
    }
}
