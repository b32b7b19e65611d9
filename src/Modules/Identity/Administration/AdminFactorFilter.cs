using Kumiko.Identity.Sessions;
using Kumiko.Identity.StepUp;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Administration;

/// <summary>
/// Where the installation demands a second factor of admins (<c>Identity:RequireAdminSecondFactor</c>), refuses those who have none, and
/// access tokens for which none was used.
/// </summary>
internal sealed class AdminFactorFilter(IdentityDatabase database, AccountSettings accounts, SessionSettings sessions, TimeProvider clock)
    : IEndpointFilter
{
    private const string SetupType = "/second-factor-setup-required";

    private static Error SetupRequired =>
        Errors.Forbidden("Admins need a second factor here: set up an authenticator app or a passkey for your account.", SetupType);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!accounts.RequireAdminSecondFactor)
            return await next(context);

        var http = context.HttpContext;
        if (await database.ReadOwnUserAsync(CurrentUser.Of(http.User), clock.Now(), http.RequestAborted) is not { } user)
            return Problems.From([IdentityErrors.SessionEnded]);
        if (!user.HasMultipleFactors)
            return Problems.From([SetupRequired]);
        if (!AuthenticationMethods.HasMultipleFactors(http.User))
            return Problems.From([RecentSignIn.Needed(sessions)]);
        return await next(context);
    }
}
