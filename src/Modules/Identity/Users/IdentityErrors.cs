namespace Kumiko.Identity.Users;

internal static class IdentityErrors
{
    public static Error SessionEnded => Errors.Unauthorized("This session has ended. Sign in again.");

    /// <summary>Only for somebody who knows the password: anybody else gets the same answer as for a wrong one.</summary>
    public static Error AccountDisabled =>
        Errors.Unauthorized("This account is disabled. Write to the people who run this site.", type: "/account-disabled");

    /// <summary>Only for somebody who knows the password, too.</summary>
    public static Error EmailUnverified =>
        Errors.Unauthorized(
            "Confirm the e-mail address of the account before you sign in: follow the link in the mail that was sent to it. Sign in with "
                + "'resend_verification' to have it sent again.",
            Errors.EmailUnverifiedType
        );

    public static Error RegistrationClosed =>
        Errors.Forbidden("Nobody can create an account here. If you have one, sign in.", "/registration-closed");

    public static Error InvitationRequired =>
        Errors.Forbidden("Only people who were invited can create an account here: send the token of the mail.", "/invitation-required");

    public static Error InvitationVoid =>
        Errors.Gone("This invitation has been used already, was withdrawn, or is too old. Ask for a new one.");

    public static Error LastAdmin => Errors.Conflict("", "This is the last admin. Make somebody else an admin first.");

    public static Error NameReserved => Errors.Conflict("username", "This name, or one that looks like it, is reserved. Choose another.");

    /// <summary>Somebody has the name, or had it until recently: nobody learns which, since the account may be gone.</summary>
    public static Error NameTaken =>
        Errors.Conflict("username", "Somebody else uses this name, or one that looks like it. Choose another.");

    public static Error LinkVoid => Errors.Gone("This link has been used already, or it is too old. Ask for a new one.");

    public static List<Error> Taken(bool email, bool username)
    {
        var failures = new List<Error>();
        if (email)
            failures.Add(Errors.Conflict("email", "An account with this e-mail address already exists."));
        if (username)
            failures.Add(NameTaken);
        // The conflicting value was freed before it could be read.
        return failures.Count > 0
            ? failures
            : [Errors.Conflict("", "Somebody else took the e-mail address or the name a moment ago. Try again.")];
    }
}
