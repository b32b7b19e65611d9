namespace Kumiko.Identity.Sessions;

/// <summary>Why a session ended, as written to the security log.</summary>
internal static class SessionEndReason
{
    public const string SignedOut = "signed_out";

    /// <summary>The owner ended it from another session.</summary>
    public const string EndedByOwner = "ended_by_owner";

    /// <summary>The same browser signed in again.</summary>
    public const string SignedInAgain = "signed_in_again";

    /// <summary>The user has too many sessions, and this was the least recently used.</summary>
    public const string TooMany = "too_many";

    public const string PasswordChange = "password_change";

    /// <summary>A forgotten password was replaced.</summary>
    public const string PasswordReset = "password_reset";

    /// <summary>The owner undid a change of the e-mail address.</summary>
    public const string EmailKept = "email_kept";

    /// <summary>The owner undid what somebody had added for signing in.</summary>
    public const string FactorsUndone = "factors_undone";

    /// <summary>The second factor was turned on in another session.</summary>
    public const string SecondFactorOn = "second_factor_on";

    /// <summary>The operator removed the second factor and the passkeys.</summary>
    public const string FactorReset = "factor_reset";

    public const string AccountDeletion = "account_deletion";

    /// <summary>The account got another role; the session continues under another id.</summary>
    public const string RoleChange = "role_change";

    /// <summary>An admin disabled the account.</summary>
    public const string AccountDisabling = "account_disabling";

    /// <summary>An admin ended it.</summary>
    public const string EndedByAdmin = "ended_by_admin";

    public const string RefreshReuse = "refresh_reuse";
}
