using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Identity.Passkeys;

/// <summary>
/// Where passkeys are good. Both come from settings, never from a request: whoever chose the <c>Host</c> of a request could otherwise have
/// passkeys of another site accepted.
/// </summary>
internal sealed class PasskeySettings
{
    /// <exception cref="InvalidSettingException">An origin is malformed, or its pages cannot use the passkeys.</exception>
    public PasskeySettings(IConfiguration configuration, TokenSettings tokens)
    {
        var issuer = new Uri(tokens.Issuer);
        RelyingParty = issuer.IdnHost;
        var origins = (configuration["Passkeys:Origins"] ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(ReadOrigin)
            .ToHashSet(StringComparer.Ordinal);
        Origins = origins.Count > 0 ? origins : new HashSet<string>(StringComparer.Ordinal) { OriginOf(issuer) };
    }

    /// <summary>
    /// The id of the relying party (WebAuthn, 4): the host of <c>Tokens:Issuer</c>. When it changes, no passkey is good any more.
    /// </summary>
    public string RelyingParty { get; }

    /// <summary>
    /// The origins of the pages that may use passkeys (<c>Passkeys:Origins</c>; that of <c>Tokens:Issuer</c> if left out).
    /// </summary>
    public IReadOnlySet<string> Origins { get; }

    // As browsers write it: the host in ASCII, and the port if it is not the usual one.
    private static string OriginOf(Uri address) =>
        address.IsDefaultPort ? $"{address.Scheme}://{address.IdnHost}" : $"{address.Scheme}://{address.IdnHost}:{address.Port}";

    private string ReadOrigin(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || !uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase)
        )
            throw new InvalidSettingException(
                $"Passkeys:Origins holds '{text}', which is not an origin: set it to the origins of the pages on which people use "
                    + "passkeys, such as 'https://app.example.com, https://www.app.example.com'."
            );

        // A browser gives a page the passkeys of its own host and of the domains above it (WebAuthn, 5.1.3).
        return uri.IdnHost == RelyingParty || uri.IdnHost.EndsWith("." + RelyingParty, StringComparison.Ordinal)
            ? OriginOf(uri)
            : throw new InvalidSettingException(
                $"Passkeys:Origins holds '{text}', whose pages cannot use the passkeys of '{RelyingParty}', the host of Tokens:Issuer: "
                    + "name only origins of that host and of hosts below it."
            );
    }
}
