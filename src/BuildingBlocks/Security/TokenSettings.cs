using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>The issuer and the audience of access tokens, and the address of the keys (the <c>Tokens</c> section).</summary>
public sealed class TokenSettings
{
    private const string Path = "/api/auth";
    private const string DefaultIssuer = "http://localhost:5080" + Path;

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The configuration of the process.</param>
    /// <param name="isApart">Whether other processes belong to the installation, with which this one must agree on the issuer.</param>
    /// <param name="address">The address at which clients on this machine reach the process: the issuer if none is set.</param>
    /// <exception cref="InvalidSettingException">An address is not an absolute http(s) address, or the issuer is missing.</exception>
    public TokenSettings(IConfiguration configuration, bool isApart = false, Uri? address = null)
    {
        var issuer = configuration["Tokens:Issuer"];
        if (isApart && string.IsNullOrEmpty(issuer))
            throw new InvalidSettingException(
                "Tokens:Issuer is missing, and the modules run apart: set it to the public address of Identity, such as "
                    + "'https://app.example.com/api/auth', the same for every process."
            );

        IsIssuerSet = !string.IsNullOrEmpty(issuer);
        Issuer = (
            IsIssuerSet ? issuer!
            : address is null ? DefaultIssuer
            : new Uri(address, Path).ToString()
        ).TrimEnd('/');
        if (Address(Issuer) is null)
            throw new InvalidSettingException(
                $"Tokens:Issuer is '{Issuer}': set it to the public address of Identity, such as 'https://app.example.com/api/auth'."
            );

        var keySet = configuration["Tokens:KeySet"] is { Length: > 0 } setting ? setting : Issuer + "/.well-known/jwks.json";
        KeySet =
            Address(keySet)
            ?? throw new InvalidSettingException(
                $"Tokens:KeySet is '{keySet}': set it to the address of Identity's key set, such as "
                    + "'http://identity:8081/api/auth/.well-known/jwks.json'."
            );
        Audience = configuration["Tokens:Audience"] is { Length: > 0 } audience ? audience : "kumiko";
    }

    /// <summary>The <c>iss</c> of every token: the public address of Identity, without a trailing slash.</summary>
    public string Issuer { get; }

    /// <summary>
    /// Whether the issuer is a setting, and so the same in every process of the installation. If not, each process uses its own address,
    /// and only the keys, which all processes share through their database, show where a token comes from.
    /// </summary>
    public bool IsIssuerSet { get; }

    /// <summary>The <c>aud</c> of every token.</summary>
    public string Audience { get; }

    /// <summary>
    /// The address of the key set if Identity runs in another process (<c>Tokens:KeySet</c>; below the issuer if left out).
    /// </summary>
    public Uri KeySet { get; }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") ? uri : null;
}
