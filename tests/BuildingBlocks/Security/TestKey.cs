using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Kumiko.BuildingBlocks.Tests.Security;

/// <summary>A key that signs tokens in the way Identity does.</summary>
internal sealed class TestKey(string id) : IDisposable
{
    public const string Issuer = "https://app.test/api/auth";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Id => id;

    /// <summary>The public half (RFC 7517).</summary>
    public string Json
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
            return $$"""{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"{{id}}","x":"{{x}}","y":"{{y}}"}""";
        }
    }

    /// <summary>The public half, as a process holds it. The caller disposes of it.</summary>
    public ECDsaSecurityKey PublicHalf() => new(ECDsa.Create(_key.ExportParameters(includePrivateParameters: false))) { KeyId = id };

    public string Sign(DateTimeOffset now) =>
        Sign(now, new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = "1", [JwtRegisteredClaimNames.Sid] = "1" });

    public string Sign(DateTimeOffset now, IDictionary<string, object> claims) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = "at+jwt",
                Issuer = Issuer,
                Audience = "kumiko",
                IssuedAt = now.UtcDateTime,
                NotBefore = now.UtcDateTime,
                Expires = now.UtcDateTime.AddMinutes(10),
                SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = id }, SecurityAlgorithms.EcdsaSha256),
                Claims = claims,
            }
        );

    public void Dispose() => _key.Dispose();
}
