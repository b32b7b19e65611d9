using System.Globalization;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>The user who sent the request, according to the access token.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Username">The name at the time the token was issued; it may have changed since.</param>
/// <param name="SessionId">The session that the token belongs to.</param>
/// <param name="IsAdmin">Whether the user administers the installation.</param>
public sealed record CurrentUser(long Id, string Username, long SessionId, bool IsAdmin)
{
    /// <summary>
    /// The claim that the user has to prove the account's e-mail address before writing. It is missing where the address is proved, or need
    /// not be.
    /// </summary>
    public const string MustVerifyEmailClaim = "must_verify_email";

    /// <summary>
    /// The claim that an admin has to use a second factor before acting as one. It is missing where the installation doesn't demand it, and
    /// where the admin has used it.
    /// </summary>
    public const string MustUseSecondFactorClaim = "must_use_second_factor";

    /// <summary>Whether the user may read, but has to prove the account's e-mail address before writing.</summary>
    public bool MustVerifyEmail { get; init; }

    /// <summary>Whether the user may delete anybody's posts; an admin may, too, once every factor that is demanded was used.</summary>
    public bool IsModerator { get; init; } = IsAdmin;

    /// <summary>Reads the claims of a verified token.</summary>
    /// <exception cref="InvalidOperationException">The endpoint does not require a signed-in user.</exception>
    public static CurrentUser Of(ClaimsPrincipal principal) =>
        Find(principal)
        ?? throw new InvalidOperationException("The request has no verified claims: the endpoint lacks RequireAuthorization.");

    /// <summary>Reads the claims of a token; null if they don't name a user and a session.</summary>
    internal static CurrentUser? Find(ClaimsPrincipal? principal) =>
        Number(principal, JwtRegisteredClaimNames.Sub) is { } id && Number(principal, JwtRegisteredClaimNames.Sid) is { } sessionId
            ? new CurrentUser(
                id,
                principal!.FindFirstValue(JwtRegisteredClaimNames.PreferredUsername) ?? "",
                sessionId,
                principal!.IsInRole("admin")
            )
            {
                IsModerator =
                    principal!.IsInRole("moderator") || (principal!.IsInRole("admin") && !IsTrue(principal!, MustUseSecondFactorClaim)),
                MustVerifyEmail = IsTrue(principal!, MustVerifyEmailClaim),
            }
            : null;

    private static bool IsTrue(ClaimsPrincipal principal, string claim) =>
        bool.TryParse(principal.FindFirstValue(claim), out var value) && value;

    private static long? Number(ClaimsPrincipal? principal, string claim) =>
        long.TryParse(principal?.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
