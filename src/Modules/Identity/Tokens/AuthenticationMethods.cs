using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Kumiko.Identity.Tokens;

/// <summary>Values of the claim <c>amr</c> (RFC 8176, 2), separated by spaces as the session's row stores them.</summary>
internal static class AuthenticationMethods
{
    /// <summary>A password.</summary>
    public const string Password = "pwd";

    /// <summary>A password and a one-time code, from an app or from the list of recovery codes.</summary>
    public const string PasswordAndCode = "pwd otp mfa";

    /// <summary>
    /// A passkey: a key that somebody holds, and the test that they are there and know or are something (<c>pop</c> as the IANA registry
    /// says, whether in hardware or not).
    /// </summary>
    public const string Passkey = "pop user mfa";

    private const string MultipleFactors = "mfa";

    /// <summary>The methods as the claim lists them.</summary>
    public static string[] Split(string methods) => methods.Split(' ');

    /// <summary>Whether two factors were used for an access token.</summary>
    public static bool HasMultipleFactors(ClaimsPrincipal claims) =>
        HasMultipleFactors(claims.FindAll(JwtRegisteredClaimNames.Amr).Select(claim => claim.Value));

    /// <summary>Whether two factors were used.</summary>
    public static bool HasMultipleFactors(IEnumerable<string> methods) => methods.Contains(MultipleFactors, StringComparer.Ordinal);
}
