using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Devices;

namespace Kumiko.Identity.Attempts;

/// <summary>Limits for expensive operations and for those that protect accounts.</summary>
internal sealed class IdentityLimits
{
    // Each process counts these by itself, before it asks the database. A browser in which somebody signed in before has a quota of its
    // own, so that nobody else at the same address locks that person out.
    public static readonly RateLimit PasswordRequests = new(
        "passwords",
        "RateLimits:PasswordRequestsPerMinute",
        300,
        TimeSpan.FromMinutes(1),
        RateLimitKey.Address,
        "Your address has sent too many passwords. Try again later."
    )
    {
        Recognize = DeviceCookie.Find,
    };

    public static readonly RateLimit RefreshRequests = new(
        "refreshes",
        "RateLimits:RefreshRequestsPerMinute",
        600,
        TimeSpan.FromMinutes(1),
        RateLimitKey.Address,
        "Your address has sent too many refresh tokens. Try again later."
    )
    {
        Recognize = DeviceCookie.Find,
    };

    public static readonly RateLimit Refreshes = new(
        "session-refreshes",
        "RateLimits:RefreshesPerMinute",
        60,
        TimeSpan.FromMinutes(1),
        RateLimitKey.Handler,
        "This session was refreshed too often. Use the access token until it expires."
    );

    public static readonly RateLimit AccountChanges = new(
        "account-changes",
        "RateLimits:AccountChangesPerMinute",
        30,
        TimeSpan.FromMinutes(1),
        RateLimitKey.User,
        "You have changed your account too often. Try again in a minute."
    );

    public static readonly RateLimit Administration = new(
        "administration",
        "RateLimits:AdministrationPerMinute",
        60,
        TimeSpan.FromMinutes(1),
        RateLimitKey.User,
        "You have changed too many accounts. Try again in a minute."
    );

    public static readonly RateLimit Exports = new(
        "exports",
        "RateLimits:ExportRequestsPerMinute",
        20,
        TimeSpan.FromMinutes(1),
        RateLimitKey.User,
        "You have asked for your data too often. Try again in a minute."
    );

    public static readonly RateLimit LinkRequests = new(
        "links",
        "RateLimits:LinkRequestsPerMinute",
        120,
        TimeSpan.FromMinutes(1),
        RateLimitKey.Address,
        "Your address has asked for mails, or used links of mails, too often. Try again in a minute."
    )
    {
        Recognize = DeviceCookie.Find,
    };

    // The page to sign in asks for a challenge each time it is opened, and again while it stays open.
    public static readonly RateLimit PasskeyRequests = new(
        "passkeys",
        "RateLimits:PasskeyRequestsPerMinute",
        300,
        TimeSpan.FromMinutes(1),
        RateLimitKey.Address,
        "Your address has asked for passkeys too often. Try again later."
    )
    {
        Recognize = DeviceCookie.Find,
    };

    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidSettingException">A quota is not a positive number.</exception>
    public IdentityLimits(RateLimitSettings settings)
    {
        var failures = settings.Number("RateLimits:PasswordFailures", 10);
        Account = new AttemptLimit("account", failures, QuarterHour, "Too many attempts to sign in to this account. Try again later.")
        {
            Pause = FirstPause,
        };
        Session = new AttemptLimit("session", failures, QuarterHour, "Too many wrong passwords. Try again later.") { Pause = FirstPause };
        SecondFactor = new AttemptLimit(
            "second-factor",
            settings.Number("RateLimits:SecondFactorFailures", 5),
            QuarterHour,
            "Too many wrong codes. Try again later."
        )
        {
            Pause = FirstPause,
        };
        Address = new AttemptLimit(
            "address",
            settings.Number("RateLimits:PasswordFailuresPerAddress", 100),
            TimeSpan.FromHours(1),
            "Your address has sent too many wrong passwords. Try again later."
        );
        Registrations = new AttemptLimit(
            "registrations",
            settings.Number("RateLimits:RegistrationsPerHour", 30),
            TimeSpan.FromHours(1),
            "Your address has registered too many accounts. Try again later."
        );
        Renames = new AttemptLimit(
            "renames",
            settings.Number("RateLimits:RenamesPerDay", 10),
            TimeSpan.FromDays(1),
            "You have changed your name too often. Try again later."
        );
        Mails = new AttemptLimit(
            "mails",
            settings.Number("RateLimits:MailsPerHour", 5),
            TimeSpan.FromHours(1),
            "This e-mail address has received several mails within an hour. Look for them in the spam folder too, or try again later."
        );
        MailRequests = new AttemptLimit(
            "mail-requests",
            settings.Number("RateLimits:MailRequestsPerHour", 30),
            TimeSpan.FromHours(1),
            "You have asked for too many mails. Try again later."
        );
        NewExports = new AttemptLimit(
            "new-exports",
            settings.Number("RateLimits:ExportsPerDay", 3),
            TimeSpan.FromDays(1),
            "You have downloaded your data several times today. Try again tomorrow."
        );
        RefusedNames = new AttemptLimit(
            "refused-names",
            settings.Number("RateLimits:RefusedNamesPerDay", 60),
            TimeSpan.FromDays(1),
            "You have tried too many names that are not available. Try again later."
        );
    }

    public static ReadOnlySpan<RateLimit> PerProcess =>
        new[] { PasswordRequests, RefreshRequests, Refreshes, AccountChanges, LinkRequests, PasskeyRequests, Administration, Exports };

    /// <summary>
    /// Wrong passwords for one account: one count for all unknown devices together, and one for each known device. Both share one limit, so
    /// that a refusal does not reveal which kind a device is.
    /// </summary>
    public AttemptLimit Account { get; }

    /// <summary>Wrong passwords in one signed-in session.</summary>
    public AttemptLimit Session { get; }

    /// <summary>
    /// Wrong codes of the second factor: one count for all unknown devices together, one for each known device, and one for each session.
    /// </summary>
    public AttemptLimit SecondFactor { get; }

    /// <summary>Wrong passwords from one client address, for any account.</summary>
    public AttemptLimit Address { get; }

    /// <summary>Accounts registered from one client address.</summary>
    public AttemptLimit Registrations { get; }

    /// <summary>Changes of one user's name.</summary>
    public AttemptLimit Renames { get; }

    /// <summary>Mails to one address that somebody asked for.</summary>
    public AttemptLimit Mails { get; }

    /// <summary>Mails that one client address, or one signed-in user, asked for.</summary>
    public AttemptLimit MailRequests { get; }

    /// <summary>Exports that one user begins.</summary>
    public AttemptLimit NewExports { get; }

    /// <summary>Names that one user asked for and was refused.</summary>
    public AttemptLimit RefusedNames { get; }
}
