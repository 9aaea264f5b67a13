using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access.Tokens;

public sealed class RemoteKeysTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private WebApplication _issuer = null!;
    private HubServer _hub = null!;
    private volatile object[] _published = [];
    private volatile bool _isDown;
    private volatile IResult? _odd;
    private TaskCompletionSource _answering = new();
    private int _reads;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _issuer = builder.Build();
        _issuer.MapGet("/jwks", async () =>
        {
            Interlocked.Increment(ref _reads);
            await _answering.Task;
            return _odd is not null ? _odd : _isDown ? Results.StatusCode(503) : Results.Json(new { keys = _published });
        });
        await _issuer.StartAsync(TestContext.Current.CancellationToken);
        _published = [Jwk(_rsa, "a")];
        _answering.SetResult();
        _hub = Hubs.Start(_time, ("Access:Tokens:Issuer", Jwt.Issuer), ("Access:Tokens:JwksUrl", _issuer.Urls.First() + "/jwks"));
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _issuer.DisposeAsync();
        _rsa.Dispose();
        _ec.Dispose();
    }

    [Fact]
    public async Task JWKS_address_is_fetched_once_for_many_tokens_and_not_at_start()
    {
        Assert.Equal(0, _reads);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Created, await TryAsync(_rsa, "a"));
        Assert.Equal(HttpStatusCode.Created, await TryAsync(_rsa, null));
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task Token_that_arrives_while_the_keys_are_fetched_waits_for_them()
    {
        _answering = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = TryAsync(_rsa, "a");
        await Eventually.TrueAsync(() => _reads == 1);
        var second = TryAsync(_rsa, "a");
        await Assert.ThrowsAsync<TimeoutException>(() => second.WaitAsync(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken));
        _answering.SetResult();
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, 1), (await first, await second, _reads));
    }

    [Fact]
    public async Task New_JWKS_key_is_accepted_with_its_first_token_and_a_removed_key_is_refused()
    {
        Assert.Equal(HttpStatusCode.Created, await TryAsync(_rsa, "a"));
        _time.Advance(RemoteKeys.Pause);
        _published = [EcJwk("b")];
        Assert.Equal(HttpStatusCode.Created, await TryAsync(_ec, "b"));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(_rsa, "a"));
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Unknown_key_ids_cause_at_most_one_JWKS_fetch_in_30_seconds()
    {
        for (var i = 0; i < 20; i++) Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(_rsa, $"made up {i}"));
        Assert.Equal(1, _reads);
        _time.Advance(RemoteKeys.Pause);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => TryAsync(_rsa, $"made up {i}")));
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task Last_known_keys_stay_valid_without_delay_while_the_JWKS_address_is_down()
    {
        Assert.Equal(HttpStatusCode.Created, await TryAsync(_rsa, "a"));
        _isDown = true;
        for (var i = 1; i <= 3; i++)
        {
            _time.Advance(RemoteKeys.Trust);
            Assert.Equal(HttpStatusCode.Created, await TryAsync(_rsa, "a"));
            await Eventually.TrueAsync(() => _reads == 1 + i);
        }
        (_isDown, _published) = (false, [EcJwk("b")]);
        _time.Advance(RemoteKeys.Trust);
        Assert.Equal(HttpStatusCode.Created, await TryAsync(_rsa, "a"));
        await Eventually.TrueAsync(() => _reads == 5);
    }

    [Fact]
    public async Task Last_known_keys_stay_valid_when_the_JWKS_response_is_unusable()
    {
        Assert.Equal(HttpStatusCode.Created, await TryAsync(_rsa, "a"));
        foreach (var odd in new[]
        {
            Results.Text("no json"), Results.Text("[]"), Results.Text("7"), Results.Text("""{"keys":7}"""), Results.Text("""{"keys":[7,null,{"kty":7}]}"""), Results.Text(""), Results.Json(new { keys = Array.Empty<object>() }),
            Results.Text($$"""{"keys":[],"filler":"{{new string('f', 100_000)}}"}"""), Results.Redirect("/elsewhere"),
        })
        {
            _odd = odd;
            _time.Advance(RemoteKeys.Pause);
            Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(_rsa, "unknown"));
            Assert.Equal(HttpStatusCode.Created, await TryAsync(_rsa, "a"));
        }
        Assert.Equal(10, _reads);
    }

    [Fact]
    public async Task JWKS_address_that_is_down_at_first_refuses_tokens_until_it_recovers()
    {
        _isDown = true;
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(_rsa, "a"));
        _isDown = false;
        _time.Advance(RemoteKeys.Pause);
        Assert.Equal(HttpStatusCode.Created, await TryAsync(_rsa, "a"));
    }

    [Fact]
    public async Task JWKS_entry_that_is_not_a_supported_public_signing_key_is_ignored()
    {
        using var small = RSA.Create(1024);
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        _published =
        [
            new { kty = "oct", kid = "s", k = Jwt.Encode(System.Text.Encoding.UTF8.GetBytes(Jwt.Secret)) },
            Jwk(small, "small"), Jwk(_rsa, "enc", use: "enc"), Jwk(_rsa, "512", alg: "RS512"), new { kty = "EC", crv = "P-384", kid = "p" }, new { kty = "EC", crv = "P-256", kid = "broken", x = "AA", y = "AA" }, new { kty = "RSA", kid = "none" },
            EcJwk("good"),
        ];
        Assert.Equal(HttpStatusCode.Unauthorized, await _hub.TryAsync(Jwt.Of("alice", now: _time.GetUtcNow(), header: new { alg = "HS256", kid = "s" })));
        foreach (var kid in new[] { "small", "enc", "512", "none" }) Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(kid == "small" ? small : _rsa, kid));
        foreach (var kid in new[] { "p", "broken" }) Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(kid == "p" ? another : _ec, kid));
        Assert.Equal(HttpStatusCode.Created, await TryAsync(_ec, "good"));
    }

    private Task<HttpStatusCode> TryAsync(RSA key, string? kid) => _hub.TryAsync(Jwt.Signed(key, kid, claims: Exp));

    private Task<HttpStatusCode> TryAsync(ECDsa key, string? kid) => _hub.TryAsync(Jwt.Signed(key, kid, claims: Exp));

    private object Exp => new { exp = _time.GetUtcNow().ToUnixTimeSeconds() + 3600 };

    private static object Jwk(RSA key, string kid, string use = "sig", string alg = "RS256")
    {
        var parameters = key.ExportParameters(false);
        return new { kty = "RSA", kid, use, alg, n = Jwt.Encode(parameters.Modulus!), e = Jwt.Encode(parameters.Exponent!) };
    }

    private object EcJwk(string kid)
    {
        var parameters = _ec.ExportParameters(false);
        return new { kty = "EC", crv = "P-256", kid, x = Jwt.Encode(parameters.Q.X!), y = Jwt.Encode(parameters.Q.Y!) };
    }
}
