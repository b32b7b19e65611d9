namespace Kumiko.Identity.Audit;

/// <summary>
/// What the audit trail records. The names are stored and part of the chain's hashes, so they never change; <c>docs/security.md</c> lists
/// each of them.
/// </summary>
internal enum AuditAction
{
    /// <summary>An account was created.</summary>
    Registration,

    /// <summary>Somebody signed in, or entered a wrong password.</summary>
    SignIn,

    /// <summary>A spent refresh token was used again: somebody has a copy.</summary>
    RefreshReuse,

    /// <summary>A session was ended; the details say why.</summary>
    SessionEnd,

    /// <summary>A signed-in user was asked for the password again and entered a wrong one.</summary>
    PasswordCheck,

    /// <summary>A password was changed.</summary>
    PasswordChange,

    /// <summary>An account's e-mail address was changed.</summary>
    EmailChange,

    /// <summary>An account's name was changed.</summary>
    NameChange,

    /// <summary>An account was deleted.</summary>
    AccountDeletion,

    /// <summary>An account got another role; the details say from which and to which.</summary>
    RoleChange,

    /// <summary>An admin disabled an account.</summary>
    AccountDisabling,

    /// <summary>An admin enabled an account again.</summary>
    AccountEnabling,

    /// <summary>A moderator or admin deleted somebody else's post; the details name it.</summary>
    PostRemoval,

    /// <summary>An admin invited somebody, or withdrew an invitation; the details say which.</summary>
    Invitation,

    /// <summary>A code of the second factor was wrong.</summary>
    SecondFactorCheck,

    /// <summary>The second factor was turned on or off, or got new recovery codes; the details say which.</summary>
    SecondFactorChange,

    /// <summary>A recovery code was used.</summary>
    RecoveryCodeUse,

    /// <summary>The operator removed the second factor and the passkeys of an account whose owner has lost them.</summary>
    FactorReset,

    /// <summary>What had been added for signing in was removed with the link of a mail, by an owner who had not done it.</summary>
    FactorUndo,

    /// <summary>A passkey was added; the details name it.</summary>
    PasskeyAddition,

    /// <summary>A passkey got another name; the details say which one.</summary>
    PasskeyRenaming,

    /// <summary>A passkey was removed; the details name it.</summary>
    PasskeyRemoval,

    /// <summary>A signed-in user was asked for a passkey and showed none that was good; the details say if it seems to be a copy.</summary>
    PasskeyCheck,

    /// <summary>A user asked for everything that is held about them, or downloaded it; the details say which.</summary>
    DataExport,
}
