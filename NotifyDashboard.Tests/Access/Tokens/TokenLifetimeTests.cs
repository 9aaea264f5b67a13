using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access.Tokens;

public class TokenLifetimeTests
{
    private const int Hour = 3600;

    private readonly SeenErrors _seen = new();
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(0, Hour, true)]
    [InlineData(0, Hour + 1, false)]
    // Half of it is over; that it was longer still counts.
    [InlineData(-Hour, Hour / 2, false)]
    // An iat that is still to come makes no token shorter.
    [InlineData(Hour, 2 * Hour, false)]
    [InlineData(null, Hour, true)]
    [InlineData(null, Hour + 1, false)]
    public async Task A_token_that_lives_longer_than_MaxLifetime_is_refused(int? issued, int expires, bool counts)
    {
        await using var hub = Start(("Access:Tokens:MaxLifetime", "01:00:00"));
        Assert.Equal(counts ? HttpStatusCode.Created : HttpStatusCode.Unauthorized, await hub.TryAsync(Token(issued is { } at ? Now + at : null, Now + expires)));
        Assert.Equal(!counts, _seen.Entries.Any(entry => entry.Contains("Access:Tokens:MaxLifetime", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Token_lifetime_above_a_day_without_MaxLifetime_is_accepted_and_logged_once_a_minute()
    {
        await using var hub = Start();
        Assert.Equal(HttpStatusCode.Created, await hub.TryAsync(Token(Now, Now + (24 * Hour))));
        Assert.Empty(Warnings());
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Created, await hub.TryAsync(Token(Now, Now + (25 * Hour))));
        Assert.Contains("1.01:00:00", Assert.Single(Warnings()), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Created, await hub.TryAsync(Token(Now, Now + (25 * Hour))));
        Assert.Equal(2, Warnings().Length);
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("nbf")]
    public async Task A_time_in_milliseconds_is_refused_and_the_log_names_the_claim(string claim)
    {
        await using var hub = Start();
        var milliseconds = (Now + Hour) * 1000;
        Assert.Equal(HttpStatusCode.Unauthorized, await hub.TryAsync(Jwt.Of("alice", claim == "exp" ? new { exp = milliseconds } : new { nbf = milliseconds }, now: _time.GetUtcNow())));
        Assert.Contains(_seen.Entries, entry => entry.Contains($"its {claim} is in milliseconds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_that_never_expires_is_accepted_without_MaxLifetime()
    {
        await using var hub = Start();
        foreach (var exp in new[] { 9_999_999_999, long.MaxValue }) Assert.Equal(HttpStatusCode.Created, await hub.TryAsync(Token(Now, exp)));
    }

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    private string Token(long? iat, long exp) => Jwt.Of("alice", new { iat, exp }, now: _time.GetUtcNow());

    private string[] Warnings() => [.. _seen.Entries.Where(entry => entry.Contains("cannot be taken back", StringComparison.Ordinal))];

    private HubServer Start(params (string, string?)[] settings) => Hubs.Start(services => services.AddSingleton<ILoggerProvider>(_seen).AddTime(_time), [.. Jwt.Pairs, .. settings]);
}
