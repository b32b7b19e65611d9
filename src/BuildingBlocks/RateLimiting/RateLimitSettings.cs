using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>Reads the settings of limits, and whether limits apply (<c>RateLimits:Enabled</c>; true if left out).</summary>
public sealed class RateLimitSettings
{
    private readonly IConfiguration _configuration;

    /// <exception cref="InvalidSettingException">The switch is neither <c>true</c> nor <c>false</c>.</exception>
    public RateLimitSettings(IConfiguration configuration)
    {
        _configuration = configuration;
        var text = configuration["RateLimits:Enabled"];
        Enabled =
            string.IsNullOrEmpty(text)
            || (
                bool.TryParse(text, out var enabled)
                    ? enabled
                    : throw new InvalidSettingException($"RateLimits:Enabled is '{text}': set it to 'true' or 'false'.")
            );
    }

    /// <summary>Whether limits apply. Tests, measurements and imports switch them off.</summary>
    public bool Enabled { get; }

    /// <summary>Reads a whole number of at least 1.</summary>
    /// <param name="setting">The full name of the setting.</param>
    /// <param name="ifLeftOut">The default.</param>
    /// <exception cref="InvalidSettingException">The value is not a whole number, or it is too small.</exception>
    public int Number(string setting, int ifLeftOut) =>
        _configuration.ReadWholeNumber(setting, ifLeftOut, min: 1, int.MaxValue, "a whole number from 1 up");
}
