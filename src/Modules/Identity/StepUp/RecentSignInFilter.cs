using System.Globalization;
using System.Security.Claims;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Kumiko.Identity.StepUp;

/// <summary>
/// Refuses access tokens whose user proved too long ago, or with too little, who they are. The claims count, not the session: a copy of an
/// older token does not become better when the owner proves it again.
/// </summary>
internal sealed class RecentSignInFilter(IdentityDatabase database, SessionSettings settings, TimeProvider clock) : IEndpointFilter
{
    /// <summary>The type of the refusal, for clients that cannot read <c>WWW-Authenticate</c>.</summary>
    public const string RequiredType = "/recent-sign-in-required";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await ReadMeAsync(http) is not { } user)
            return Problems.From([IdentityErrors.SessionEnded]);
        if (!IsRecent(http.User) || (NeedsMultipleFactors(user) && !HasMultipleFactors(http.User)))
            return Problems.From([TooOld()]);
        return await next(context);
    }

    private bool IsRecent(ClaimsPrincipal claims) =>
        long.TryParse(
            claims.FindFirstValue(JwtRegisteredClaimNames.AuthTime),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var time
        )
        && DateTimeOffset.FromUnixTimeSeconds(time) + settings.RecentSignIn >= clock.GetUtcNow();

    // A passkey is one by itself (WebAuthn, 4: user verification makes it multi-factor).
    private static bool NeedsMultipleFactors(UserRow user) => user.SecondFactor || user.Passkeys > 0;

    private static bool HasMultipleFactors(ClaimsPrincipal claims) =>
        AuthenticationMethods.HasMultipleFactors(claims.FindAll(JwtRegisteredClaimNames.Amr).Select(claim => claim.Value));

    private Error TooOld()
    {
        var seconds = (long)settings.RecentSignIn.TotalSeconds;
        return Errors.Unauthorized(
            "Confirm your identity again: call 'POST /api/auth/reauthenticate', then repeat this request with the new access token.",
            RequiredType,
            string.Create(CultureInfo.InvariantCulture, $"Bearer error=\"insufficient_user_authentication\", max_age={seconds}")
        );
    }

    private async ValueTask<UserRow?> ReadMeAsync(HttpContext http)
    {
        await using var session = await database.OpenAsync(http.RequestAborted);
        return await session.ReadOwnUserAsync(CurrentUser.Of(http.User), clock.Now(), http.RequestAborted);
    }
}
