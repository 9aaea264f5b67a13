using System.Net;
using System.Net.WebSockets;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Components.Circuits;

public sealed class CircuitLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2", "-1", HttpStatusCode.ServiceUnavailable)]
    [InlineData("4", "0", HttpStatusCode.TooManyRequests)]
    [InlineData("-1", "2", HttpStatusCode.TooManyRequests)]
    public async Task Anonymous_circuits_over_the_limit_are_refused_until_another_closes(string max, string maxPerAddress, HttpStatusCode refusal)
    {
        await using var hub = HubServer.Start(new(AccountPages.WithMara) { ["Circuits:MaxAnonymous"] = max, ["Circuits:MaxAnonymousPerAddress"] = maxPerAddress });
        using var first = new ClientWebSocket();
        using var second = new ClientWebSocket();
        Assert.Equal((HttpStatusCode.SwitchingProtocols, HttpStatusCode.SwitchingProtocols), (await ConnectAsync(hub, first), await ConnectAsync(hub, second)));
        using var third = new ClientWebSocket();
        Assert.Equal(refusal, await ConnectAsync(hub, third));

        // An operator is none of them.
        using var http = HubServer.NewHttp();
        using var signedIn = await http.SignInAsync(hub);
        using var operators = new ClientWebSocket();
        operators.Options.SetRequestHeader("Cookie", signedIn.Headers.GetValues("Set-Cookie").First(cookie => cookie.StartsWith("notifydashboard=", StringComparison.Ordinal)).Split(';')[0]);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await ConnectAsync(hub, operators));

        first.Abort();
        await Eventually.TrueAsync(async () =>
        {
            using var next = new ClientWebSocket();
            return await ConnectAsync(hub, next) == HttpStatusCode.SwitchingProtocols;
        });
    }

    [Fact]
    public async Task Anonymous_circuit_is_refused_when_the_demo_is_off()
    {
        await using var hub = HubServer.Start(new() { ["Demo:Enabled"] = "false" });
        using var socket = new ClientWebSocket();
        Assert.Equal(HttpStatusCode.Unauthorized, await ConnectAsync(hub, socket));
        using var negotiated = await hub.Http.PostAsync(new Uri(hub.Address, "/_blazor/negotiate?negotiateVersion=1"), null, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, negotiated.StatusCode);
    }

    private static async Task<HttpStatusCode> ConnectAsync(HubServer hub, ClientWebSocket socket)
    {
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(hub.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, Cancellation);
        }
        catch (WebSocketException)
        {
            // Refused: the status says why.
        }
        return socket.HttpStatusCode;
    }
}
