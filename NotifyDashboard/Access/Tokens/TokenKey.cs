using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace NotifyDashboard.Access.Tokens;

/// <summary>A key with its one algorithm, so that a token cannot choose how the key is used (RFC 8725, 3.1).</summary>
/// <param name="Id">The <c>kid</c> of its tokens; null: any <c>kid</c>.</param>
internal sealed record TokenKey(string? Id, string Algorithm, SecurityKey Key)
{
    private const int MinSecret = 32;
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 8192;

    public static TokenKey OfSecret(string? id, byte[] secret) => new(id, SecurityAlgorithms.HmacSha256, new SymmetricSecurityKey(secret) { KeyId = id });

    /// <summary>Creates the key of options that have no <see cref="FindError"/>.</summary>
    public static TokenKey Of(TokenKeyOptions options) => options.Secret is { } secret ? OfSecret(options.Id, Encoding.UTF8.GetBytes(secret)) : OfPem(options.Id, options.PublicKey!)!;

    /// <summary>The validation error, which begins with the name of the setting and never contains the key; null if there is none.</summary>
    public static string? FindError(TokenKeyOptions options) => options switch
    {
        { Secret: null, PublicKey: null } => "Secret is missing; give it, or PublicKey.",
        { Secret: not null, PublicKey: not null } => "Secret and PublicKey are both there; give one of them.",
        { Secret: { } secret } => Encoding.UTF8.GetByteCount(secret) >= MinSecret ? null : $"Secret is shorter than {MinSecret} bytes; make one with: openssl rand -base64 32",
        { PublicKey: { } pem } when pem.Contains("PRIVATE KEY", StringComparison.Ordinal) => "PublicKey holds a private key; give the public one: openssl pkey -in key.pem -pubout",
        { PublicKey: { } pem } => OfPem(null, pem) is not null ? null : $"PublicKey is no PEM of an RSA key of {MinRsaBits} to {MaxRsaBits} bits or an EC key on P-256.",
    };

    /// <summary>Creates the key of a JWKS entry (RFC 7517); null when the hub does not accept its signatures. Symmetric keys are not accepted from a URL.</summary>
    public static TokenKey? Of(JsonWebKey key)
    {
        if (key.Use is not (null or "sig")) return null;
        try
        {
            return key switch
            {
                { Kty: "RSA", Alg: null or SecurityAlgorithms.RsaSha256 } => OfRsa(key.Kid, new() { Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E) }),
                { Kty: "EC", Crv: "P-256", Alg: null or SecurityAlgorithms.EcdsaSha256 } => OfEc(key.Kid, new()
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new() { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) },
                }),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static TokenKey? OfPem(string? id, string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return OfRsa(id, rsa.ExportParameters(false));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // Not an RSA key.
        }
        try
        {
            using var ec = ECDsa.Create();
            ec.ImportFromPem(pem);
            return OfEc(id, ec.ExportParameters(false));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static TokenKey? OfRsa(string? id, RSAParameters key) =>
        key.Modulus!.Length * 8 is >= MinRsaBits and <= MaxRsaBits ? new(id, SecurityAlgorithms.RsaSha256, new RsaSecurityKey(key) { KeyId = id }) : null;

    private static TokenKey? OfEc(string? id, ECParameters key) =>
        key.Curve.Oid is { } curve && (curve.Value == ECCurve.NamedCurves.nistP256.Oid.Value || curve.FriendlyName == ECCurve.NamedCurves.nistP256.Oid.FriendlyName)
            ? new(id, SecurityAlgorithms.EcdsaSha256, new ECDsaSecurityKey(ECDsa.Create(key)) { KeyId = id })
            : null;
}
