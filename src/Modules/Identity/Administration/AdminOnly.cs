using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Kumiko.Identity.Administration;

/// <summary>
/// Lets nobody but admins through: first by the role in the token, before anything of the request is read, and then by the role in the
/// database, which a change of role reaches at once.
/// </summary>
internal static class AdminOnly
{
    /// <summary>The role of admins is necessary.</summary>
    public static readonly AuthorizationPolicy Policy = new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme)
        .RequireAuthenticatedUser()
        .RequireRole(Roles.Admin)
        .Build();

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
