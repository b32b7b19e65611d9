using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.RateLimiting;

namespace Kumiko.Identity.Passwords;

/// <summary>How many passwords wait to be hashed.</summary>
internal sealed class PasswordLimiterSettings
{
    /// <exception cref="InvalidSettingException">A number is not one.</exception>
    public PasswordLimiterSettings(RateLimitSettings settings)
    {
        Queue = settings.Number("RateLimits:PasswordsWaiting", 256);
        var perAddress = settings.Number("RateLimits:PasswordsWaitingPerAddress", 16);
        PerCaller = settings.Enabled ? perAddress : int.MaxValue;
    }

    /// <summary>How many in all (<c>RateLimits:PasswordsWaiting</c>).</summary>
    public int Queue { get; }

    /// <summary>How many of one client address or user (<c>RateLimits:PasswordsWaitingPerAddress</c>).</summary>
    public int PerCaller { get; }
}
