namespace Kumiko.Identity.Mail;

/// <summary>
/// The mails that there are, by the names of their texts in <c>Texts/*.json</c>. Queued mails name them, so a name never changes.
/// </summary>
internal static class MailTemplate
{
    /// <summary>Asks to prove the address of an account.</summary>
    public const string VerifyEmail = "verify_email";

    /// <summary>Asks to prove the new address of an account.</summary>
    public const string VerifyNewEmail = "verify_new_email";

    /// <summary>Reports to the owner of an address that somebody tried to use it for another account.</summary>
    public const string EmailInUse = "email_in_use";

    /// <summary>
    /// Reports to the owner of an address that somebody tried to create an account with it, and lets the owner choose a new password.
    /// </summary>
    public const string EmailRegistered = "email_registered";

    /// <summary>Invites somebody to create an account.</summary>
    public const string Invitation = "invitation";

    /// <summary>Lets the user choose a new password.</summary>
    public const string ResetPassword = "reset_password";

    /// <summary>Reports to the old address that the account is to have a new one, and lets it undo that.</summary>
    public const string EmailChanging = "email_changing";

    /// <summary>Reports that the address stays.</summary>
    public const string EmailKept = "email_kept";

    /// <summary>To the address that an account had until the earlier one was kept.</summary>
    public const string EmailReturned = "email_returned";

    /// <summary>Reports that the password was changed.</summary>
    public const string PasswordChanged = "password_changed";

    /// <summary>Reports that somebody signed in on a device that is new to the account.</summary>
    public const string NewDevice = "new_device";

    /// <summary>Reports that a passkey was added, and lets the user undo that.</summary>
    public const string PasskeyAdded = "passkey_added";

    /// <summary>Reports that a passkey was removed.</summary>
    public const string PasskeyRemoved = "passkey_removed";

    /// <summary>Reports that the second factor was turned on, and lets the user undo that.</summary>
    public const string SecondFactorOn = "second_factor_on";

    /// <summary>Reports that the second factor was turned off.</summary>
    public const string SecondFactorOff = "second_factor_off";

    /// <summary>Reports that a recovery code was used.</summary>
    public const string RecoveryCodeUsed = "recovery_code_used";

    /// <summary>Reports that there are new recovery codes, and lets the user undo that.</summary>
    public const string RecoveryCodesRenewed = "recovery_codes_renewed";

    /// <summary>Reports that what had been added for signing in was removed by the link of a mail.</summary>
    public const string FactorsUndone = "factors_undone";

    /// <summary>Reports that the operator removed the second factor and the passkeys.</summary>
    public const string FactorsReset = "factors_reset";

    /// <summary>Reports that the account was deleted.</summary>
    public const string AccountDeleted = "account_deleted";
}
