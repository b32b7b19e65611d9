using System.Globalization;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>Who sent the request, as the access token says.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Username">The name at the time the token was issued; it may have changed since.</param>
/// <param name="SessionId">The session that the token belongs to.</param>
/// <param name="IsAdmin">Whether the user administers the installation.</param>
public sealed record CurrentUser(long Id, string Username, long SessionId, bool IsAdmin)
{
    /// <summary>Reads the claims of a verified token.</summary>
    /// <exception cref="InvalidOperationException">The endpoint does not require a signed-in user.</exception>
    public static CurrentUser Of(ClaimsPrincipal principal) => new(
        Number(principal, JwtRegisteredClaimNames.Sub),
        principal.FindFirstValue(JwtRegisteredClaimNames.PreferredUsername) ?? "",
        Number(principal, JwtRegisteredClaimNames.Sid),
        principal.IsInRole("admin"));

    internal static long? SessionOf(ClaimsPrincipal principal) => Find(principal, JwtRegisteredClaimNames.Sid);

    private static long Number(ClaimsPrincipal principal, string claim) =>
        Find(principal, claim) ?? throw new InvalidOperationException($"The request has no claim '{claim}': the endpoint lacks RequireAuthorization.");

    private static long? Find(ClaimsPrincipal principal, string claim) =>
        long.TryParse(principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
