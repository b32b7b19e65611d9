namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// An event of the security log. Alerts and log collectors read the names and outcomes, so they never change; <c>docs/operations.md</c>
/// lists each of them.
/// </summary>
public sealed record SecurityEvent
{
    /// <summary>Somebody signed in, or tried to with a wrong address or password.</summary>
    public static readonly SecurityEvent SignIn = new(1, "sign_in", SecurityOutcome.Succeeded, SecurityOutcome.Refused);

    /// <summary>An account was created, or refused because its address or name was not available.</summary>
    public static readonly SecurityEvent Registration = new(2, "registration", SecurityOutcome.Succeeded, SecurityOutcome.Refused);

    /// <summary>A spent refresh token was used again: somebody has a copy.</summary>
    public static readonly SecurityEvent RefreshReuse = new(3, "refresh_reuse", SecurityOutcome.Refused);

    /// <summary>A session was ended; the reason says why. Sessions that merely expire are not logged.</summary>
    public static readonly SecurityEvent SessionEnd = new(4, "session_end", SecurityOutcome.Succeeded);

    /// <summary>A signed-in user was asked for the password again and entered a wrong one.</summary>
    public static readonly SecurityEvent PasswordCheck = new(5, "password_check", SecurityOutcome.Refused);

    /// <summary>A password was changed.</summary>
    public static readonly SecurityEvent PasswordChange = new(6, "password_change", SecurityOutcome.Succeeded);

    /// <summary>A new e-mail address was asked for, became the account's, or was given up; the reason says which.</summary>
    public static readonly SecurityEvent EmailChange = new(7, "email_change", SecurityOutcome.Succeeded);

    /// <summary>An account was deleted.</summary>
    public static readonly SecurityEvent AccountDeletion = new(8, "account_deletion", SecurityOutcome.Succeeded);

    /// <summary>A request was answered 403.</summary>
    public static readonly SecurityEvent Forbidden = new(9, "forbidden", SecurityOutcome.Refused);

    /// <summary>
    /// An access or refresh token was not accepted. Expired tokens and ended sessions are everyday events and have outcomes of their own.
    /// </summary>
    public static readonly SecurityEvent InvalidToken = new(
        10,
        "invalid_token",
        SecurityOutcome.Refused,
        SecurityOutcome.Expired,
        SecurityOutcome.Ended
    )
    {
        IsSampled = true,
    };

    /// <summary>A request was answered 429; the reason is the limit's name.</summary>
    public static readonly SecurityEvent RateLimit = new(11, "rate_limit", SecurityOutcome.Refused) { IsSampled = true };

    /// <summary>A user proved an e-mail address.</summary>
    public static readonly SecurityEvent EmailVerification = new(12, "email_verification", SecurityOutcome.Succeeded);

    /// <summary>
    /// Somebody asked for a mail that lets a user choose a new password; refused if no account has the address, or a disabled one.
    /// </summary>
    public static readonly SecurityEvent PasswordResetRequest = new(
        13,
        "password_reset_request",
        SecurityOutcome.Succeeded,
        SecurityOutcome.Refused
    );

    /// <summary>A forgotten password was replaced.</summary>
    public static readonly SecurityEvent PasswordReset = new(14, "password_reset", SecurityOutcome.Succeeded);

    /// <summary>An account got another role, by an admin or the operator; the reason is the new role.</summary>
    public static readonly SecurityEvent RoleChange = new(30, "role_change", SecurityOutcome.Succeeded);

    /// <summary>An admin disabled an account.</summary>
    public static readonly SecurityEvent AccountDisabling = new(31, "account_disabling", SecurityOutcome.Succeeded);

    /// <summary>An admin enabled an account again.</summary>
    public static readonly SecurityEvent AccountEnabling = new(32, "account_enabling", SecurityOutcome.Succeeded);

    /// <summary>A moderator or an admin deleted somebody else's post.</summary>
    public static readonly SecurityEvent PostRemoval = new(33, "post_removal", SecurityOutcome.Succeeded);

    /// <summary>The right password was entered at sign-in, and a code of the second factor was asked for.</summary>
    public static readonly SecurityEvent SecondFactorRequest = new(40, "second_factor_request", SecurityOutcome.Succeeded);

    /// <summary>A code of the second factor was wrong.</summary>
    public static readonly SecurityEvent SecondFactorCheck = new(41, "second_factor_check", SecurityOutcome.Refused);

    /// <summary>The second factor was turned on or off, or got new recovery codes; the reason says which.</summary>
    public static readonly SecurityEvent SecondFactorChange = new(42, "second_factor_change", SecurityOutcome.Succeeded);

    /// <summary>A recovery code was used.</summary>
    public static readonly SecurityEvent RecoveryCodeUse = new(43, "recovery_code_use", SecurityOutcome.Succeeded);

    /// <summary>A signed-in user proved again who they are.</summary>
    public static readonly SecurityEvent Reauthentication = new(44, "reauthentication", SecurityOutcome.Succeeded);

    /// <summary>The operator removed the second factor and the passkeys of an account whose owner has lost them.</summary>
    public static readonly SecurityEvent FactorReset = new(45, "factor_reset", SecurityOutcome.Succeeded);

    /// <summary>With the link of a mail, somebody removed what had been added for signing in, which they said they had not done.</summary>
    public static readonly SecurityEvent FactorUndo = new(46, "factor_undo", SecurityOutcome.Succeeded);

    /// <summary>A passkey was added, renamed or removed; the reason says which.</summary>
    public static readonly SecurityEvent PasskeyChange = new(50, "passkey_change", SecurityOutcome.Succeeded);

    /// <summary>A signed-in user showed a passkey that was not good; the reason says if it seems to be a copy.</summary>
    public static readonly SecurityEvent PasskeyCheck = new(51, "passkey_check", SecurityOutcome.Refused);

    private SecurityEvent(int id, string name, params string[] outcomes) => (Id, Name, Outcomes) = (id, name, outcomes);

    /// <summary>All security events.</summary>
    public static IReadOnlyList<SecurityEvent> All { get; } =
    [
        SignIn,
        Registration,
        RefreshReuse,
        SessionEnd,
        PasswordCheck,
        PasswordChange,
        EmailChange,
        AccountDeletion,
        Forbidden,
        InvalidToken,
        RateLimit,
        EmailVerification,
        PasswordResetRequest,
        PasswordReset,
        RoleChange,
        AccountDisabling,
        AccountEnabling,
        PostRemoval,
        SecondFactorRequest,
        SecondFactorCheck,
        SecondFactorChange,
        RecoveryCodeUse,
        Reauthentication,
        FactorReset,
        FactorUndo,
        PasskeyChange,
        PasskeyCheck,
    ];

    /// <summary>The number of the event in the log.</summary>
    public int Id { get; }

    /// <summary>The name in the log and in the metric: lower case, words joined by underscores.</summary>
    public string Name { get; }

    /// <summary>The outcomes that it can have, of <see cref="SecurityOutcome"/>.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <summary>Whether anybody can cause any number of these, so that only some are logged.</summary>
    public bool IsSampled { get; private init; }
}
