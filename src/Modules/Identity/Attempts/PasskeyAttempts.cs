namespace Kumiko.Identity.Attempts;

/// <summary>Counts passkeys that were not accepted, as wrong passwords are counted.</summary>
internal sealed class PasskeyAttempts(AttemptCounters counters, IdentityLimits limits)
{
    /// <summary>An attempt to sign in.</summary>
    /// <param name="address">The client's address.</param>
    /// <param name="userId">The user whose passkey it seems to be.</param>
    /// <param name="knownDevice">The device, if the user's account knows it: it is counted separately, so that nobody else at the address
    /// locks the owner out.</param>
    public CodeAttempt AtSignIn(string address, long? userId, byte[]? knownDevice) =>
        new(
            counters,
            [
                knownDevice is null
                    ? counters.Of(limits.Address, address)
                    : counters.Of(limits.Account, $"passkeys of {userId} {Convert.ToHexStringLower(knownDevice)}"),
            ]
        );
}
