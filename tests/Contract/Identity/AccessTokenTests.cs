using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kumiko.Contract.Identity;

public class AccessTokenTests(RunningKumiko kumiko)
{
    private const string Keys = "/api/auth/.well-known/jwks.json";

    [Fact]
    public async Task The_published_keys_contain_no_private_parts()
    {
        var keys = (await kumiko.Anyone.GetAsync(Keys)).Is(200)["keys"];
        Assert.NotEqual(0, keys.GetArrayLength());
        foreach (var key in keys.EnumerateArray())
        {
            Assert.Equal("EC", key.GetProperty("kty").GetString());
            Assert.Equal("P-256", key.GetProperty("crv").GetString());
            Assert.Equal("ES256", key.GetProperty("alg").GetString());
            Assert.Equal("sig", key.GetProperty("use").GetString());
            Assert.False(string.IsNullOrEmpty(key.GetProperty("kid").GetString()));
            Assert.Equal(32, Jwt.Decode(key.GetProperty("x").GetString()!).Length);
            Assert.Equal(32, Jwt.Decode(key.GetProperty("y").GetString()!).Length);
            Assert.Subset(
                new HashSet<string> { "kty", "crv", "alg", "use", "kid", "x", "y", "key_ops" },
                key.EnumerateObject().Select(member => member.Name).ToHashSet()
            );
        }
    }

    [Fact]
    public async Task The_discovery_document_names_the_issuer_and_its_keys()
    {
        var (alice, document) = (
            await kumiko.AliceAsync(),
            (await kumiko.Anyone.GetAsync("/api/auth/.well-known/openid-configuration")).Is(200)
        );
        var issuer = document["issuer"].GetString()!;
        Assert.Equal(issuer, Jwt.Of(alice).Payload["iss"]!.GetValue<string>());
        Assert.Equal($"{issuer}/.well-known/jwks.json", document["jwks_uri"].GetString());
    }

    [Fact]
    public async Task An_access_token_contains_the_user_the_session_and_the_times()
    {
        var alice = await kumiko.AliceAsync();
        var (header, payload) = (Jwt.Of(alice).Header, Jwt.Of(alice).Payload);
        Assert.Equal("ES256", header["alg"]!.GetValue<string>());
        Assert.Equal(alice.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), payload["sub"]!.GetValue<string>());
        Assert.Equal("kumiko", payload["aud"]!.GetValue<string>());
        Assert.Equal("member", payload["role"]!.GetValue<string>());
        Assert.Equal("at+jwt", header["typ"]!.GetValue<string>());
        // RFC 9068, 2.2 requires all of these.
        Assert.All(
            (string[])["iss", "exp", "aud", "sub", "client_id", "iat", "jti"],
            claim => Assert.False(string.IsNullOrEmpty(payload[claim]?.ToString()), claim)
        );
        Assert.Equal(alice.Username, payload["preferred_username"]!.GetValue<string>());
        Assert.False(string.IsNullOrEmpty(payload["sid"]!.ToString()));
        Assert.False(string.IsNullOrEmpty(payload["jti"]!.ToString()));
        var issued = payload["iat"]!.GetValue<long>();
        Assert.InRange(payload["auth_time"]!.GetValue<long>(), issued - 60, issued);
        Assert.Equal(["pwd"], payload["amr"]!.AsArray().Select(method => method!.GetValue<string>()));
        Assert.Equal(600, payload["exp"]!.GetValue<long>() - issued);
        Assert.InRange(payload["nbf"]!.GetValue<long>(), issued - 60, issued);
        Assert.DoesNotContain(
            alice.Email,
            Encoding.UTF8.GetString(Jwt.Decode(alice.AccessToken!.Split('.')[1])),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public async Task An_access_token_is_signed_by_a_published_key()
    {
        var alice = await kumiko.AliceAsync();
        var token = Jwt.Of(alice);
        var key = (await kumiko.Anyone.GetAsync(Keys))
            .Is(200)["keys"]
            .EnumerateArray()
            .Single(candidate => candidate.GetProperty("kid").GetString() == token.Header["kid"]!.GetValue<string>());
        using var verifier = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = PointOf(key) });
        Assert.True(
            verifier.VerifyData(
                token.Signed,
                token.Signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
        );
    }

    [Fact]
    public async Task Every_access_token_is_unique()
    {
        var alice = await kumiko.AliceAsync();
        var tokens = await Task.WhenAll(alice.LoginAsync(), alice.LoginAsync());
        Assert.NotEqual(
            Jwt.Parse(tokens[0]["access_token"].GetString()!).Payload["jti"]!.ToString(),
            Jwt.Parse(tokens[1]["access_token"].GetString()!).Payload["jti"]!.ToString()
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer junk")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ....")]
    [InlineData("Bearer eyJhbGciOiJFUzI1NiJ9..")]
    [InlineData("Basic YWxpY2U6cGFzc3dvcmQ=")]
    [InlineData("nonsense")]
    [InlineData("Bearer 日本")]
    public async Task An_authorization_that_is_not_a_token_is_refused(string authorization)
    {
        var answers = new[]
        {
            await kumiko.Anyone.GetAsync("/api/auth/me", ("Authorization", authorization)),
            await kumiko.Anyone.PostAsync("/api/crud/posts", new { content = "x" }, ("Authorization", authorization)),
        };
        Assert.All(
            answers,
            answer => Assert.StartsWith("Bearer", answer.IsProblem(401).Header("WWW-Authenticate"), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_token_with_a_wrong_signature_is_refused()
    {
        var (header, payload, signature) = Jwt.Of(await kumiko.AliceAsync());
        signature[10] ^= 1;
        await IsRefusedAsync(Jwt.Write(header, payload, signature));
        await IsRefusedAsync(Jwt.Write(header, payload, []));
        await IsRefusedAsync(Jwt.Write(header, payload, new byte[64]));
    }

    [Theory]
    [InlineData("sub", "1")]
    [InlineData("role", "admin")]
    [InlineData("iss", "http://evil.test")]
    [InlineData("aud", "other")]
    public async Task A_token_whose_claims_were_changed_is_refused(string claim, string value)
    {
        var (header, payload, signature) = Jwt.Of(await kumiko.AliceAsync());
        payload[claim] = value;
        await IsRefusedAsync(Jwt.Write(header, payload, signature));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    public async Task A_token_with_the_algorithm_none_is_refused(string algorithm)
    {
        var (header, payload, signature) = Jwt.Of(await kumiko.AliceAsync());
        header["alg"] = algorithm;
        await IsRefusedAsync(Jwt.Write(header, payload, []));
        await IsRefusedAsync(Jwt.Write(header, payload, signature));
    }

    // RFC 8725, 2.1: a verifier that lets the token choose the algorithm uses the public key as an HMAC secret.
    [Fact]
    public async Task A_token_signed_with_the_public_key_as_an_HMAC_secret_is_refused()
    {
        var (header, payload, _) = Jwt.Of(await kumiko.AliceAsync());
        header["alg"] = "HS256";
        foreach (var key in (await kumiko.Anyone.GetAsync(Keys)).Is(200)["keys"].EnumerateArray())
        {
            using var published = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = PointOf(key) });
            byte[][] secrets =
            [
                Encoding.UTF8.GetBytes(key.GetRawText()),
                Encoding.UTF8.GetBytes(published.ExportSubjectPublicKeyInfoPem()),
                published.ExportSubjectPublicKeyInfo(),
                Jwt.Decode(key.GetProperty("x").GetString()!),
            ];
            foreach (var secret in secrets)
                await IsRefusedAsync(Jwt.Write(header, payload, HMACSHA256.HashData(secret, Jwt.SigningInput(header, payload))));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("somebody-elses")]
    [InlineData("../../etc/passwd")]
    [InlineData("' or 1=1 --")]
    public async Task A_token_signed_with_another_key_is_refused(string? keyId)
    {
        var (header, payload, _) = Jwt.Of(await kumiko.AliceAsync());
        using var mine = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await IsRefusedAsync(Forged());
        header.Remove("kid");
        await IsRefusedAsync(Forged());
        if (keyId is not null)
            header["kid"] = keyId;
        header["jwk"] = JsonSerializer.SerializeToNode(
            new
            {
                kty = "EC",
                crv = "P-256",
                x = Jwt.Encode(mine.ExportParameters(false).Q.X!),
                y = Jwt.Encode(mine.ExportParameters(false).Q.Y!),
            }
        );
        header["jku"] = "http://127.0.0.1:9/keys";
        await IsRefusedAsync(Forged());

        string Forged() =>
            Jwt.Write(
                header,
                payload,
                mine.SignData(
                    Jwt.SigningInput(header, payload),
                    HashAlgorithmName.SHA256,
                    DSASignatureFormat.IeeeP1363FixedFieldConcatenation
                )
            );
    }

    [Fact]
    public async Task A_token_with_a_changed_expiry_is_refused()
    {
        var (header, payload, signature) = Jwt.Of(await kumiko.AliceAsync());
        payload["exp"] = payload["exp"]!.GetValue<long>() + 3_600;
        await IsRefusedAsync(Jwt.Write(header, payload, signature));
    }

    [Fact]
    public async Task A_token_in_the_query_is_ignored()
    {
        var alice = await kumiko.AliceAsync();
        (await kumiko.Anyone.GetAsync($"/api/auth/me?access_token={alice.AccessToken}")).IsProblem(401);
    }

    [Fact]
    public async Task Junk_tokens_do_not_lock_out_valid_ones()
    {
        var alice = await kumiko.AliceAsync();
        var (header, payload, signature) = Jwt.Of(alice);
        for (var n = 0; n < 20; n++)
        {
            header["kid"] = $"unknown-{n}";
            await IsRefusedAsync(Jwt.Write(header, payload, signature));
        }

        (await alice.GetAsync("/api/auth/me")).Is(200);
        await alice.WriteAsync("still here");
    }

    private async Task IsRefusedAsync(string token)
    {
        var forger = kumiko.Anyone.With(token);
        (await forger.GetAsync("/api/auth/me")).IsProblem(401);
        (await forger.PostAsync("/api/crud/posts", new { content = "forged" })).IsProblem(401);
    }

    private static ECPoint PointOf(JsonElement key) =>
        new() { X = Jwt.Decode(key.GetProperty("x").GetString()!), Y = Jwt.Decode(key.GetProperty("y").GetString()!) };

    private sealed record Jwt(JsonObject Header, JsonObject Payload, byte[] Signature)
    {
        public byte[] Signed { get; private init; } = [];

        public static Jwt Of(Person person) => Parse(person.AccessToken!);

        public static Jwt Parse(string token)
        {
            var parts = token.Split('.');
            return new Jwt(JsonNode.Parse(Decode(parts[0]))!.AsObject(), JsonNode.Parse(Decode(parts[1]))!.AsObject(), Decode(parts[2]))
            {
                Signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            };
        }

        public static byte[] SigningInput(JsonObject header, JsonObject payload) =>
            Encoding.ASCII.GetBytes(
                $"{Encode(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Encode(Encoding.UTF8.GetBytes(payload.ToJsonString()))}"
            );

        public static string Write(JsonObject header, JsonObject payload, byte[] signature) =>
            $"{Encoding.ASCII.GetString(SigningInput(header, payload))}.{Encode(signature)}";

        public static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

        public static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
    }
}
