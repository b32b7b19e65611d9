using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Kumiko.Clients.Tests.Tokens;

/// <summary>An API of somebody else that runs on while the signing key is replaced, with the usual settings of its libraries.</summary>
public class RelyingPartyTests
{
    private static readonly JsonWebTokenHandler Handler = new();

    [Fact]
    public async Task It_reads_discovery_and_keys_and_follows_their_rotation()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var anyone = new Caller(host.Address);
        var issuer = new Uri(host.Address, "/api/auth").ToString();
        var known = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{issuer}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever { RequireHttps = false }
        );
        var person = await Person.JoinAsync(anyone, "holder");
        var first = person.AccessToken!;

        var configuration = await known.GetConfigurationAsync(TestContext.Current.CancellationToken);
        Assert.Equal(issuer, configuration.Issuer);
        var key = Assert.Single(configuration.SigningKeys);
        var holder = await ValidateAsync(known, first);
        Assert.True(holder.IsValid, $"{holder.Exception}");
        Assert.Equal(key.KeyId, ((JsonWebToken)holder.SecurityToken).Kid);
        Assert.Equal(person.Username, holder.Claims[JwtRegisteredClaimNames.PreferredUsername]);
        Assert.IsType<SecurityTokenInvalidAudienceException>((await ValidateAsync(known, first, audience: "another")).Exception);

        // The next key is published before it signs, and whoever asks meanwhile has both.
        await installation.RunAsync("keys rotate");
        await Eventually.IsAsync(
            () => anyone.GetAsync("/api/auth/.well-known/jwks.json"),
            answer => answer.Is(200)["keys"].GetArrayLength() == 2
        );
        await installation.RunAsync($"keys rotate --revoke {key.KeyId}");
        await person.RefreshAsync();

        var later = await Eventually.IsAsync(() => ValidateAsync(known, person.AccessToken!), result => result.IsValid);
        Assert.NotEqual(key.KeyId, ((JsonWebToken)later.SecurityToken).Kid);
        // Only now: the forged token makes the library ask for new keys, which it does at most every five minutes.
        var forged = await ValidateAsync(known, Forged(person.AccessToken!));
        Assert.IsType<SecurityTokenInvalidSignatureException>(forged.Exception);
        foreach (var script in (string[])["jose.mjs", "oauth4webapi.mjs"])
            await NodePackages.RunAsync(script, issuer, person.AccessToken!, person.Username);
        Assert.DoesNotContain(
            key.KeyId,
            (await known.GetConfigurationAsync(TestContext.Current.CancellationToken)).SigningKeys.Select(one => one.KeyId)
        );
    }

    private static Task<TokenValidationResult> ValidateAsync(
        ConfigurationManager<OpenIdConnectConfiguration> known,
        string token,
        string audience = "kumiko"
    ) =>
        Handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ConfigurationManager = known,
                ValidAudience = audience,
                ValidTypes = ["at+jwt"],
            }
        );

    // The same header and claims, and another signature.
    private static string Forged(string token) => token[..^10] + new string(token[^10..].Reverse().ToArray());
}
