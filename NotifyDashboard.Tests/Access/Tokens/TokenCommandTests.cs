using System.Net;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access.Tokens;

public class TokenCommandTests
{
    [Fact]
    public async Task What_it_prints_counts()
    {
        await using var hub = Hubs.Start(Jwt.Pairs);
        var (code, token, said) = await RunAsync(hub, "token", "--sub", "alice", "--topic", "users/alice", "--match=orders/:id", "--inbox", "news", "--minutes", "5", "--Access:Tokens:Issuer=x", "--urls", "http://localhost:1");
        Assert.Equal((0, "For alice, for 5 minutes. The inbox: broadcast, users/alice, news."), (code, said));
        Assert.Equal(HttpStatusCode.Created, await hub.TryAsync(token));
        await hub.PublishAsync(new { topic = "orders/1", data = "granted", @private = true });
        using var stream = await hub.OpenAsAsync(token, "&match=orders/:id&last_event_id=earliest");
        Assert.Equal("granted", (await stream.NextAsync()).Data);
    }

    [Fact]
    public async Task Without_a_secret_it_says_which_setting_is_missing()
    {
        await using var hub = Hubs.Start();
        var (code, printed, said) = await RunAsync(hub, "token", "--sub", "alice");
        Assert.Equal((1, ""), (code, printed));
        Assert.Contains("Access:Tokens:Keys:0:Secret", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("token", "alice")]
    [InlineData("token", "--sub")]
    [InlineData("token", "--sub", "alice", "--topics", "x")]
    [InlineData("token", "--sub", "alice", "--minutes", "0")]
    public async Task Anything_else_shows_how_it_is_used(params string[] args)
    {
        await using var hub = Hubs.Start(Jwt.Pairs);
        var (code, printed, said) = await RunAsync(hub, args);
        Assert.Equal((1, ""), (code, printed));
        Assert.StartsWith("Usage: NotifyDashboard token", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--match", "a*b")]
    [InlineData("--inbox", "")]
    public async Task A_token_that_would_be_refused_is_not_made(string name, string value)
    {
        await using var hub = Hubs.Start(Jwt.Pairs);
        var (code, printed, said) = await RunAsync(hub, "token", "--sub", "alice", name, value);
        Assert.Equal((1, ""), (code, printed));
        Assert.StartsWith("The server would refuse this token: ", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Printed, string Said)> RunAsync(HubServer hub, params string[] args)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        Assert.True(TokenCommand.IsMeant(args));
        var code = await TokenCommand.RunAsync(args, hub.Services, output, errors);
        return (code, output.ToString().Trim(), errors.ToString().Trim());
    }
}
