namespace Kumiko.Identity.StepUp;

/// <summary>Declares that an endpoint wants a fresh proof of who the user is.</summary>
internal static class RecentSignIn
{
    /// <summary>
    /// Declares that the access token must show a sign-in of the last minutes (<c>Sessions:RecentSignInMinutes</c>), with the second factor
    /// or a passkey if the account has one. Otherwise the answer is 401 as RFC 9470 says, and <c>POST /api/auth/reauthenticate</c> gets a
    /// better token. An endpoint that takes the password itself does not need this.
    /// </summary>
    public static RouteHandlerBuilder RequireRecentSignIn(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<RecentSignInFilter>();
}
