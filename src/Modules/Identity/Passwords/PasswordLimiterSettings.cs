using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.RateLimiting;

namespace Kumiko.Identity.Passwords;

/// <summary>Limits for the passwords that wait to be hashed.</summary>
internal sealed class PasswordLimiterSettings
{
    /// <exception cref="InvalidSettingException">A limit is not a valid number.</exception>
    public PasswordLimiterSettings(RateLimitSettings settings)
    {
        Queue = settings.Number("RateLimits:PasswordsWaiting", 256);
        var perAddress = settings.Number("RateLimits:PasswordsWaitingPerAddress", 16);
        PerCaller = settings.Enabled ? perAddress : int.MaxValue;
    }

    /// <summary>The limit for all callers (<c>RateLimits:PasswordsWaiting</c>).</summary>
    public int Queue { get; }

    /// <summary>The limit for one client address or user (<c>RateLimits:PasswordsWaitingPerAddress</c>).</summary>
    public int PerCaller { get; }
}
