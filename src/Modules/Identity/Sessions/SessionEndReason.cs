namespace Kumiko.Identity.Sessions;

/// <summary>Why a session was ended, as the security log names it.</summary>
internal static class SessionEndReason
{
    public const string SignedOut = "signed_out";

    /// <summary>By its owner, from another session.</summary>
    public const string EndedByOwner = "ended_by_owner";

    /// <summary>The same browser signed in again.</summary>
    public const string SignedInAgain = "signed_in_again";

    /// <summary>The user has more than one may have, and this was the longest unused.</summary>
    public const string TooMany = "too_many";

    public const string PasswordChange = "password_change";

    public const string AccountDeletion = "account_deletion";

    public const string RefreshReuse = "refresh_reuse";
}
