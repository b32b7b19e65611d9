using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Kumiko.Identity.Administration;

/// <summary>
/// Lets nobody but admins through: first by the role in the token, before anything of the request is read, and then by the role in the
/// database, which a change of role reaches at once. An installation may demand a second factor of them.
/// </summary>
internal static class AdminOnly
{
    private static readonly AuthorizationPolicy Policy = new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme)
        .RequireAuthenticatedUser()
        .RequireRole(Roles.Admin)
        .Build();

    /// <summary>Declares that an endpoint is for admins.</summary>
    public static RouteHandlerBuilder ForAdmins(this RouteHandlerBuilder endpoint) =>
        endpoint.RequireAuthorization(Policy).AddEndpointFilter<AdminFactorFilter>();

    private static Error Refusal => Errors.Forbidden("Only admins may do this.");

    /// <summary>401 if the session has ended, 403 if the user is not an admin any more.</summary>
    public static async ValueTask<ErrorOr<Success>> CheckAdminAsync(
        this DatabaseSession session,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (await session.ReadOwnUserAsync(user, now, cancellationToken) is not { } own)
            return IdentityErrors.SessionEnded;
        return own.Role == Roles.Admin ? Result.Success : Refusal;
    }
}
