using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NotifyDashboard.Operating;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Operating;

public class ProxyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Known_proxy_determines_the_client_address_scheme_and_host()
    {
        await using var hub = HubServer.Start(new() { ["Proxy:Known:0"] = "127.0.0.0/8", ["Proxy:Known:1"] = "::1" }, ShowOrigin);
        Assert.Equal("https://hub.example", await SeenOriginAsync(hub));
    }

    [Fact]
    public async Task Forwarded_host_outside_AllowedHosts_is_ignored()
    {
        await using var hub = HubServer.Start(new() { ["Proxy:Known:0"] = "127.0.0.0/8", ["Proxy:Known:1"] = "::1", ["AllowedHosts"] = "localhost;127.0.0.1;[::1];other.example" }, ShowOrigin);
        Assert.DoesNotContain("hub.example", await SeenOriginAsync(hub), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript")]
    [InlineData("ftp")]
    public async Task Another_scheme_than_http_and_https_is_refused(string scheme)
    {
        await using var hub = HubServer.Start(new() { ["Proxy:Known:0"] = "127.0.0.0/8", ["Proxy:Known:1"] = "::1" });
        hub.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1");
        hub.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        using var answer = await hub.Http.GetAsync(new Uri(hub.Address, "/history"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Every_cookie_behind_TLS_is_secure()
    {
        await using var hub = HubServer.Start(new(AccountPages.WithMara) { ["Proxy:Known:0"] = "127.0.0.0/8", ["Proxy:Known:1"] = "::1" });
        hub.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1");
        hub.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var form = await hub.Http.GetAsync(new Uri(hub.Address, "/sign-in"), Cancellation);
        var antiforgery = Assert.Single(form.Headers.GetValues("Set-Cookie"));
        hub.Http.DefaultRequestHeaders.Add("Cookie", antiforgery.Split(';')[0]);
        using var signedIn = await hub.Http.SendFormAsync(new(hub.Address, "/sign-in"), await form.Content.ReadAsStringAsync(Cancellation),
            ("Input.Name", "mara"), ("Input.Password", AccountPages.Password));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.All([antiforgery, .. signedIn.Headers.GetValues("Set-Cookie")], cookie => Assert.Contains("; secure", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forwarded_headers_from_an_unknown_address_are_ignored()
    {
        await using var hub = HubServer.Start(new() { ["Proxy:Known:0"] = "10.0.0.7" }, ShowOrigin);
        Assert.Equal(hub.Address.GetLeftPart(UriPartial.Authority), await SeenOriginAsync(hub));
    }

    [Fact]
    public async Task Forwarded_headers_without_a_known_proxy_are_ignored()
    {
        await using var hub = HubServer.Start(services: ShowOrigin);
        Assert.Equal(hub.Address.GetLeftPart(UriPartial.Authority), await SeenOriginAsync(hub));
    }

    [Fact]
    public async Task Request_for_a_host_outside_AllowedHosts_returns_400()
    {
        await using var hub = HubServer.Start(new() { ["AllowedHosts"] = "hub.example" });
        using var stranger = await hub.Http.GetAsync(new Uri(hub.Address, "/healthz/live"), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, stranger.StatusCode);
        hub.Http.DefaultRequestHeaders.Host = "hub.example";
        using var named = await hub.Http.GetAsync(new Uri(hub.Address, "/healthz/live"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
    }

    [Fact]
    public async Task Wrong_passwords_count_for_the_address_behind_the_proxy()
    {
        await using var hub = HubServer.Start(new(AccountPages.WithMara) { ["Proxy:Known:0"] = "127.0.0.1", ["Proxy:Known:1"] = "::1" });
        for (var i = 0; i < 5; i++) await TrySignInAsync(hub, "192.0.2.1");
        Assert.Equal(HttpStatusCode.TooManyRequests, await TrySignInAsync(hub, "192.0.2.1"));
        Assert.Equal(HttpStatusCode.BadRequest, await TrySignInAsync(hub, "192.0.2.2"));
    }

    [Theory]
    [InlineData("/notify/demo")]
    [InlineData("/demo")]
    public async Task Pages_under_a_path_base_use_it_whether_or_not_the_proxy_strips_it(string path)
    {
        await using var hub = HubServer.Start(new() { ["Proxy:PathBase"] = "/notify" });
        var page = await hub.Http.GetStringAsync(new Uri(hub.Address, path), Cancellation);
        Assert.Contains("<base href=\"/notify/\" />", page, StringComparison.Ordinal);
        using var style = await hub.Http.GetAsync(new Uri(hub.Address, "/notify/shared/notify-badge.js"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, style.StatusCode);
    }

    [Fact]
    public async Task Redirect_to_sign_in_keeps_the_path_base()
    {
        await using var hub = HubServer.Start(new() { ["Proxy:PathBase"] = "/notify" });
        using var answer = await hub.Http.GetAsync(new Uri(hub.Address, "/notify/history"), Cancellation);
        Assert.Equal("/notify/sign-in?returnUrl=%2Fnotify%2Fhistory", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("proxy.example", "", "Proxy:Known:0 is \"proxy.example\"; give an address such as \"10.0.0.7\" or a network such as \"10.0.0.0/24\".")]
    [InlineData("10.0.0.7", "notify", "Proxy:PathBase is \"notify\"; give a path such as \"/notify\", without a slash at its end.")]
    [InlineData("10.0.0.7", "/notify/", "Proxy:PathBase is \"/notify/\"; give a path such as \"/notify\", without a slash at its end.")]
    [InlineData("10.0.0.7", "/\"onload", "Proxy:PathBase is \"/\"onload\"; give a path such as \"/notify\", without a slash at its end.")]
    public void Invalid_proxy_setting_is_refused_by_its_name(string known, string path, string sentence)
    {
        var options = new ProxyOptions { PathBase = path };
        options.Known.Add(known);
        Assert.Equal(sentence, Assert.Single(new ProxyOptionsValidator().Validate(null, options).Failures!));
    }

    [Fact]
    public void Proxy_addresses_and_networks_of_IPv4_and_IPv6_are_valid()
    {
        var options = new ProxyOptions { PathBase = "/a/notify-1" };
        foreach (var known in new[] { "10.0.0.7", "10.0.0.0/24", "::1", "fd00::/8" }) options.Known.Add(known);
        Assert.Equal(ValidateOptionsResult.Success, new ProxyOptionsValidator().Validate(null, options));
    }

    private static void ShowOrigin(IServiceCollection services) => services.AddSingleton<IStartupFilter, OriginHeader>();

    private static async Task<string> SeenOriginAsync(HubServer hub)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, "/healthz/live"));
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "hub.example");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        using var answer = await hub.Http.SendAsync(request, Cancellation);
        return answer.Headers.GetValues(OriginHeader.Name).Single();
    }

    private static async Task<HttpStatusCode> TrySignInAsync(HubServer hub, string from)
    {
        using var http = HubServer.NewHttp();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        using var answer = await http.SignInAsync(hub, password: "wrong as can be");
        return answer.StatusCode;
    }

    /// <summary>Answers with the origin that the application sees, once the proxy's headers have been read.</summary>
    private sealed class OriginHeader : IStartupFilter
    {
        public const string Name = "X-Seen-Origin";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers[Name] = $"{context.Request.Scheme}://{context.Request.Host}";
                    return Task.CompletedTask;
                });
                return rest(context);
            });
            next(app);
        };
    }
}
