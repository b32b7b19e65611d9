using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Identity.Sessions;

/// <summary>How long sessions last and how many a user may have (the <c>Sessions</c> section).</summary>
internal sealed class SessionSettings
{
    /// <exception cref="InvalidSettingException">A setting is not a whole number of at least 1.</exception>
    public SessionSettings(IConfiguration configuration)
    {
        Idle = TimeSpan.FromDays(Number(configuration, "Sessions:IdleDays", 30, "how many days a session lives after its last use"));
        ShortIdle = TimeSpan.FromHours(
            Number(
                configuration,
                "Sessions:ShortIdleHours",
                12,
                "how many hours a session lives after its last use if its user does not want to stay signed in"
            )
        );
        if (ShortIdle > Idle)
            throw new InvalidSettingException("Sessions:ShortIdleHours is longer than Sessions:IdleDays: set it to fewer hours.");
        Lifetime = TimeSpan.FromDays(Number(configuration, "Sessions:LifetimeDays", 180, "how many days a session lives in all"));
        RecentSignIn = TimeSpan.FromMinutes(
            Number(configuration, "Sessions:RecentSignInMinutes", 10, "for how many minutes a sign-in counts as recent")
        );
        PerUser = Number(configuration, "Sessions:PerUser", 50, "how many sessions a user may have");
    }

    /// <summary>How long a session lives after its last use.</summary>
    public TimeSpan Idle { get; }

    /// <summary>The same for a session whose user does not want to stay signed in.</summary>
    public TimeSpan ShortIdle { get; }

    /// <summary>The longest time that a session lives, however often it is used.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>For how long a sign-in, or a repeated proof, allows what is delicate.</summary>
    public TimeSpan RecentSignIn { get; }

    /// <summary>How many sessions a user may have; one more ends the least recently used.</summary>
    public int PerUser { get; }

    /// <summary>The time at which a session that is used now expires.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset createdAt, bool isRemembered, DateTimeOffset now) =>
        Earlier(now + (isRemembered ? Idle : ShortIdle), createdAt + Lifetime);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static int Number(IConfiguration configuration, string setting, int otherwise, string meaning) =>
        configuration.ReadWholeNumber(setting, otherwise, min: 1, max: 99_999, $"{meaning}, at least 1");
}
