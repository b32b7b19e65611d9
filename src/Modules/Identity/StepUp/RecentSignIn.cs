using System.Globalization;
using System.Security.Claims;
using Kumiko.Identity.Sessions;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Kumiko.Identity.StepUp;

/// <summary>Declares that an endpoint wants a fresh proof of who the user is.</summary>
internal static class RecentSignIn
{
    /// <summary>The type of the refusal, for clients that cannot read <c>WWW-Authenticate</c>.</summary>
    private const string RequiredType = "/recent-sign-in-required";

    /// <summary>
    /// Declares that the access token must show a sign-in of the last minutes (<c>Sessions:RecentSignInMinutes</c>), with the second factor
    /// or a passkey if the account has one. Otherwise the answer is 401 as RFC 9470 says, and <c>POST /api/auth/reauthenticate</c> gets a
    /// better token. An endpoint that takes the password itself does not need this.
    /// </summary>
    public static RouteHandlerBuilder RequireRecentSignIn(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<RecentSignInFilter>();

    /// <summary>Whether the access token shows a sign-in of the last minutes (<c>Sessions:RecentSignInMinutes</c>), of any kind.</summary>
    public static bool IsShownBy(ClaimsPrincipal claims, SessionSettings settings, TimeProvider clock) =>
        long.TryParse(
            claims.FindFirstValue(JwtRegisteredClaimNames.AuthTime),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var time
        )
        && DateTimeOffset.FromUnixTimeSeconds(time) + settings.RecentSignIn >= clock.GetUtcNow();

    /// <summary>401: the access token does not show a proof that is recent or good enough (RFC 9470).</summary>
    public static Error Needed(SessionSettings settings)
    {
        var seconds = (long)settings.RecentSignIn.TotalSeconds;
        return Errors.Unauthorized(
            "Confirm your identity again: call 'POST /api/auth/reauthenticate', then repeat this request with the new access token.",
            RequiredType,
            string.Create(CultureInfo.InvariantCulture, $"Bearer error=\"insufficient_user_authentication\", max_age={seconds}")
        );
    }
}
