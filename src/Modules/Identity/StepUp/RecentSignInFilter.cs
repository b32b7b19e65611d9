using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.StepUp;

/// <summary>
/// Refuses access tokens whose user proved too long ago, or with too little, who they are. The claims count, not the session: a copy of an
/// older token does not become better when the owner proves it again.
/// </summary>
internal sealed class RecentSignInFilter(IdentityDatabase database, SessionSettings settings, TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (await database.ReadOwnUserAsync(CurrentUser.Of(http.User), clock.Now(), http.RequestAborted) is not { } user)
            return Problems.From([IdentityErrors.SessionEnded]);
        if (
            !RecentSignIn.IsShownBy(http.User, settings, clock)
            || (user.HasMultipleFactors && !AuthenticationMethods.HasMultipleFactors(http.User))
        )
            return Problems.From([RecentSignIn.Needed(settings)]);
        return await next(context);
    }
}
