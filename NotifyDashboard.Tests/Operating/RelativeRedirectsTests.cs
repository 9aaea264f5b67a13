using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Operating;

public class RelativeRedirectsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("/notify")]
    public async Task Redirects_to_and_after_the_sign_in_name_no_host(string pathBase)
    {
        await using var hub = HubServer.Start(new(AccountPages.WithMara) { ["Proxy:PathBase"] = pathBase });
        // As a proxy sends it that drops the port.
        hub.Http.DefaultRequestHeaders.Host = "hub.example";
        Assert.Equal($"{pathBase}/sign-in?returnUrl={Uri.EscapeDataString(pathBase + "/history?a=b")}", await LocationAsync(hub, pathBase + "/history?a=b"));
        // The cookie of the form belongs to the path base.
        using var signedIn = await hub.Http.SubmitAsync(new(hub.Address, $"{pathBase}/sign-in?returnUrl={Uri.EscapeDataString(pathBase + "/history?a=b")}"),
            ("Input.Name", "mara"), ("Input.Password", AccountPages.Password));
        Assert.Equal($"{pathBase}/history?a=b", signedIn.Headers.Location!.OriginalString);
        Assert.Equal($"{pathBase}/", await LocationAsync(hub, pathBase + "/sign-in"));
    }

    [Theory]
    [InlineData("https://other.example/there", "https://other.example/there")]
    [InlineData("http://hub.example:81/there", "http://hub.example:81/there")]
    [InlineData("https://hub.example/there", "https://hub.example/there")]
    [InlineData("http://hub.example//other.example/", "http://hub.example//other.example/")]
    [InlineData("http://hub.example:80/a%20b?c=%2F#d", "/a%20b?c=%2F#d")]
    [InlineData("http://HUB.example", "/")]
    [InlineData("there", "there")]
    public async Task Redirect_becomes_relative_only_for_an_unambiguous_address_of_the_hub(string location, string sent)
    {
        await using var hub = HubServer.Start(services: services => services.AddSingleton<IStartupFilter>(new Redirect(location)));
        hub.Http.DefaultRequestHeaders.Host = "hub.example";
        Assert.Equal(sent, await LocationAsync(hub, "/redirect"));
    }

    private static async Task<string> LocationAsync(HubServer hub, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Address, path));
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await hub.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>An endpoint behind the hub's own middleware that redirects.</summary>
    private sealed class Redirect(string location) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.Run(context =>
            {
                context.Response.Redirect(location);
                return Task.CompletedTask;
            });
        };
    }
}
