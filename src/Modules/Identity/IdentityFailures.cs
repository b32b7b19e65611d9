using ErrorOr;
using Kumiko.BuildingBlocks.Web;

namespace Kumiko.Identity;

internal static class IdentityFailures
{
    public static Error SessionEnded => Failures.SignedOut("This session has ended. Sign in again.");

    public static Error NameReserved => Failures.Conflict("username", "This name, or one that looks like it, is reserved. Choose another.");

    public static Error NameGivenUp =>
        Failures.Conflict("username", "Somebody else used this name, or one that looks like it, until recently. Choose another.");

    public static List<Error> Taken(bool email, bool username)
    {
        var failures = new List<Error>();
        if (email)
            failures.Add(Failures.Conflict("email", "An account with this e-mail address already exists."));
        if (username)
            failures.Add(Failures.Conflict("username", "Somebody else uses this name, or one that looks like it. Choose another."));
        // What collided was freed before it could be looked at.
        return failures.Count > 0
            ? failures
            : [Failures.Conflict("", "Somebody else took the e-mail address or the name a moment ago. Try again.")];
    }
}
