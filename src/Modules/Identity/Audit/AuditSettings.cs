using System.Globalization;
using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Identity.Audit;

/// <summary>How long the audit trail is kept (the <c>Audit</c> section).</summary>
internal sealed class AuditSettings
{
    // A year, and a month to look at it.
    private const int DefaultDays = 400;

    /// <exception cref="InvalidSettingException">The setting is not a whole number of at least 90.</exception>
    public AuditSettings(IConfiguration configuration)
    {
        var text = configuration["Audit:KeepDays"];
        var days = DefaultDays;
        if (
            !string.IsNullOrEmpty(text)
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days) && days is >= 90 and < 100_000)
        )
            throw new InvalidSettingException(
                $"Audit:KeepDays is '{text}': set it to how many days the audit trail is kept, at least 90, which people see of their own."
            );
        Kept = TimeSpan.FromDays(days);
    }

    /// <summary>How long an entry is kept.</summary>
    public TimeSpan Kept { get; }
}
