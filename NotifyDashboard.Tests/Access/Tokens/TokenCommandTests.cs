using System.Net;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access.Tokens;

public class TokenCommandTests
{
    [Fact]
    public async Task Token_command_prints_a_valid_token()
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
    public async Task Token_command_without_a_configured_secret_names_the_missing_setting()
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
    [InlineData("token", "--sub", "")]
    [InlineData("token", "--sub", "alice", "--minutes", "soon")]
    public async Task A_token_command_with_wrong_arguments_prints_usage_to_the_error_output_only(params string[] args)
    {
        await using var hub = Hubs.Start(Jwt.Pairs);
        var (code, printed, said) = await RunAsync(hub, args);
        Assert.Equal((1, ""), (code, printed));
        Assert.Contains("NotifyDashboard token [options]", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_whose_name_begins_with_an_at_sign_gets_a_token()
    {
        await using var hub = Hubs.Start(Jwt.Pairs);
        var (code, _, said) = await RunAsync(hub, "token", "--sub", "@alice");
        Assert.Equal((0, "For @alice, for 60 minutes. The inbox: broadcast, users/@alice."), (code, said));
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
        Assert.True(CommandLine.IsCommand(args));
        var code = await CommandLine.RunAsync(args, hub.Services, output, errors);
        return (code, output.ToString().Trim(), errors.ToString().Trim());
    }
}
