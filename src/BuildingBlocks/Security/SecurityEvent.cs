namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// What the security log tells of. Names and outcomes are read by alerts and by whoever collects the log: they stay as they are, and each
/// stands in
/// <c>docs/operations.md</c>.
/// </summary>
public sealed record SecurityEvent
{
    /// <summary>Somebody signed in, or tried to with a wrong address or password.</summary>
    public static readonly SecurityEvent SignIn = new(1, "sign_in", SecurityOutcome.Succeeded, SecurityOutcome.Refused);

    /// <summary>An account was made, or refused since its address or name was not to be had.</summary>
    public static readonly SecurityEvent Registration = new(2, "registration", SecurityOutcome.Succeeded, SecurityOutcome.Refused);

    /// <summary>A spent refresh token was shown again: somebody has a copy.</summary>
    public static readonly SecurityEvent RefreshReuse = new(3, "refresh_reuse", SecurityOutcome.Refused);

    /// <summary>A session was ended; the reason says why. Those that merely expire are not told.</summary>
    public static readonly SecurityEvent SessionEnd = new(4, "session_end", SecurityOutcome.Succeeded);

    /// <summary>Somebody signed in was asked for the password again and entered a wrong one.</summary>
    public static readonly SecurityEvent PasswordCheck = new(5, "password_check", SecurityOutcome.Refused);

    /// <summary>A password was changed.</summary>
    public static readonly SecurityEvent PasswordChange = new(6, "password_change", SecurityOutcome.Succeeded);

    /// <summary>An account's e-mail address was changed.</summary>
    public static readonly SecurityEvent EmailChange = new(7, "email_change", SecurityOutcome.Succeeded);

    /// <summary>An account was deleted.</summary>
    public static readonly SecurityEvent AccountDeletion = new(8, "account_deletion", SecurityOutcome.Succeeded);

    /// <summary>A request was answered 403.</summary>
    public static readonly SecurityEvent Forbidden = new(9, "forbidden", SecurityOutcome.Refused);

    /// <summary>
    /// An access or refresh token was not taken. That one expires, or its session ends, is everyday life and an outcome of its own.
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

    private SecurityEvent(int id, string name, params string[] outcomes) => (Id, Name, Outcomes) = (id, name, outcomes);

    /// <summary>All of them.</summary>
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
    ];

    /// <summary>The number of the event in the log.</summary>
    public int Id { get; }

    /// <summary>The name in the log and in the metric: lower case, words joined by underscores.</summary>
    public string Name { get; }

    /// <summary>How it may end, of <see cref="SecurityOutcome"/>.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <summary>Whether anybody can cause as many as they like, so that only some get a line.</summary>
    public bool IsSampled { get; private init; }
}
