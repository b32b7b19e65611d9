using System.Globalization;

namespace Kumiko.Identity.Attempts;

/// <summary>
/// Counts wrong codes of the second factor. Whoever may try one has proved the password, has a link from a mail, or holds a session.
/// </summary>
internal sealed class SecondFactorAttempts(AttemptCounters counters, IdentityLimits limits)
{
    /// <summary>An attempt at sign-in.</summary>
    /// <param name="userId">The user, whose password was right.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="knownDevice">The device, if the account knows it: it is counted separately, so that nobody who learned the password
    /// locks the owner out.</param>
    public CodeAttempt AtSignIn(long userId, string address, byte[]? knownDevice) =>
        knownDevice is null
            ? new CodeAttempt(counters, [counters.Of(limits.SecondFactor, User(userId)), counters.Of(limits.Address, address)])
            : new CodeAttempt(counters, [counters.Of(limits.SecondFactor, $"{User(userId)} {Convert.ToHexStringLower(knownDevice)}")]);

    /// <summary>
    /// An attempt with a reset link. It is counted separately, so that nobody who learned the password keeps the owner from replacing it,
    /// and by account, so that another link does not allow more.
    /// </summary>
    public CodeAttempt AtReset(long userId, string address) =>
        new(counters, [counters.Of(limits.SecondFactor, $"reset {User(userId)}"), counters.Of(limits.Address, address)]);

    /// <summary>An attempt of a signed-in user, counted by session as wrong passwords are.</summary>
    public CodeAttempt InSession(CurrentUser user) =>
        new(counters, [counters.Of(limits.SecondFactor, string.Create(CultureInfo.InvariantCulture, $"session {user.SessionId}"))]);

    private static string User(long userId) => string.Create(CultureInfo.InvariantCulture, $"user {userId}");
}
