namespace Kumiko.Identity.Attempts;

/// <summary>Counts wrong passwords at sign-in.</summary>
internal sealed class SignInAttempts(AttemptCounters counters, IdentityLimits limits)
{
    /// <summary>An attempt to sign in.</summary>
    /// <param name="emailKey">The account's key, whether or not the account exists.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="knownDevice">The device, if the account knows it. Its failures are counted separately, so that nobody else can lock the
    /// owner out.</param>
    public HashAttempt Of(string emailKey, string address, byte[]? knownDevice) =>
        knownDevice is null
            ? new HashAttempt(
                counters,
                new PasswordCaller(address, IsKnown: false),
                [counters.Of(limits.Address, address), counters.Of(limits.Account, emailKey)]
            )
            : new HashAttempt(
                counters,
                new PasswordCaller($"device {Convert.ToHexStringLower(knownDevice)}", IsKnown: true),
                [counters.Of(limits.Account, $"{emailKey} {Convert.ToHexStringLower(knownDevice)}")]
            );
}
