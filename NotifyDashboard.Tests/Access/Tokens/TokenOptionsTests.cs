using System.Security.Cryptography;
using NotifyDashboard.Access;
using NotifyDashboard.Access.Tokens;
using NotifyDashboard.Tests.Testing;

namespace NotifyDashboard.Tests.Access.Tokens;

public class TokenOptionsTests
{
    [Fact]
    public void Token_options_without_any_value_are_valid() => Assert.Null(FindError(null));

    [Fact]
    public void Token_options_with_valid_keys_URLs_and_cookie_are_valid()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(FindError(Tokens(new() { Secret = Jwt.Secret }, new() { PublicKey = rsa.ExportSubjectPublicKeyInfoPem() })));
        Assert.Null(FindError(Tokens(new() { PublicKey = ec.ExportSubjectPublicKeyInfoPem() }, new() { PublicKey = rsa.ExportRSAPublicKeyPem() })));
        Assert.Null(FindError(With(t => (t.JwksUrl, t.Cookie) = ("https://id.example/jwks", "__Host-notify"))));
        Assert.Null(FindError(With(t => t.JwksUrl = "http://127.0.0.1:9/jwks")));
    }

    [Fact]
    public void Invalid_token_key_is_refused_by_its_setting_without_showing_the_key()
    {
        using var small = RSA.Create(1024);
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var (key, setting) in new (TokenKeyOptions, string)[]
        {
            (new(), "Secret"), (new() { Secret = Jwt.Secret, PublicKey = "x" }, "Secret"), (new() { Secret = "secret-of-31-characters-is-short"[..31] }, "Secret"), (new() { PublicKey = "secret" }, "PublicKey"),
            (new() { PublicKey = small.ExportSubjectPublicKeyInfoPem() }, "PublicKey"), (new() { PublicKey = curve.ExportSubjectPublicKeyInfoPem() }, "PublicKey"), (new() { PublicKey = rsa.ExportPkcs8PrivateKeyPem() }, "PublicKey"),
        })
        {
            var error = FindError(Tokens(key));
            Assert.StartsWith($"Access:Tokens:Keys:0:{setting} ", error, StringComparison.Ordinal);
            Assert.DoesNotContain("secret-of", error, StringComparison.Ordinal);
            Assert.DoesNotContain("BEGIN", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Invalid_token_setting_is_refused_by_its_name()
    {
        Assert.StartsWith("Access:Tokens:Issuer ", FindError(With(t => t.Issuer = null)), StringComparison.Ordinal);
        Assert.StartsWith("Access:Tokens:Audience ", FindError(With(t => t.Audience = "")), StringComparison.Ordinal);
        foreach (var url in new[] { "http://id.example/jwks", "id.example", "file:///etc/keys", "" })
            Assert.StartsWith("Access:Tokens:JwksUrl ", FindError(With(t => t.JwksUrl = url)), StringComparison.Ordinal);
        foreach (var cookie in new[] { "", "a b", "a;b", "notifydashboard" })
            Assert.StartsWith("Access:Tokens:Cookie ", FindError(With(t => t.Cookie = cookie)), StringComparison.Ordinal);
        foreach (var lifetime in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(59), TimeSpan.MaxValue })
            Assert.StartsWith("Access:Tokens:MaxLifetime ", FindError(With(t => t.MaxLifetime = lifetime)), StringComparison.Ordinal);
        Assert.StartsWith("Access:Tokens:Keys ", FindError(Tokens(new() { Secret = Jwt.Secret }, new() { Secret = Jwt.Secret }, new() { Secret = Jwt.Secret })), StringComparison.Ordinal);
    }

    private static Action<TokenOptions> Tokens(params TokenKeyOptions[] keys) => With(tokens =>
    {
        tokens.Keys.Clear();
        foreach (var key in keys) tokens.Keys.Add(key);
    });

    private static Action<TokenOptions> With(Action<TokenOptions> change) => tokens =>
    {
        tokens.Issuer = Jwt.Issuer;
        tokens.Keys.Add(new() { Secret = Jwt.Secret });
        change(tokens);
    };

    private static string? FindError(Action<TokenOptions>? set)
    {
        var options = new AccessOptions();
        set?.Invoke(options.Tokens);
        return new AccessOptionsValidator().Validate(null, options).FailureMessage;
    }
}
