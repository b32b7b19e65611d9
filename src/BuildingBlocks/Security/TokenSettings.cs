using Kumiko.BuildingBlocks.Modules;
using Microsoft.Extensions.Configuration;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>What access tokens say of where they come from and whom they are for (the <c>Tokens</c> section).</summary>
public sealed class TokenSettings
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidSettingException">The issuer is no absolute http(s) address.</exception>
    public TokenSettings(IConfiguration configuration)
    {
        Issuer = (configuration["Tokens:Issuer"] is { Length: > 0 } issuer ? issuer : "http://localhost:5080/api/auth").TrimEnd('/');
        Audience = configuration["Tokens:Audience"] is { Length: > 0 } audience ? audience : "kumiko";
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new InvalidSettingException($"Tokens:Issuer is '{Issuer}': set it to the public address of Identity, such as 'https://app.example.com/api/auth'.");
    }

    /// <summary>The <c>iss</c> of every token: the public address of Identity without a slash at the end.</summary>
    public string Issuer { get; }

    /// <summary>The <c>aud</c> of every token.</summary>
    public string Audience { get; }
}
