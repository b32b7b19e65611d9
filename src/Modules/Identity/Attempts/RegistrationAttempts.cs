namespace Kumiko.Identity.Attempts;

/// <summary>Counts registrations.</summary>
internal sealed class RegistrationAttempts(AttemptCounters counters, IdentityLimits limits)
{
    /// <summary>A registration from this client address.</summary>
    public HashAttempt Of(string address) =>
        new(counters, new PasswordCaller(address, IsKnown: false), [counters.Of(limits.Registrations, address)]);
}
