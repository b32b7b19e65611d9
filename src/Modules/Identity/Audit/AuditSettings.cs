using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Identity.Audit;

/// <summary>How long the audit trail is kept (the <c>Audit</c> section).</summary>
internal sealed class AuditSettings
{
    // A year, and a month to look at it.
    private const int DefaultDays = 400;

    /// <exception cref="InvalidSettingException">The setting is not a whole number of at least 90.</exception>
    public AuditSettings(IConfiguration configuration) =>
        Kept = TimeSpan.FromDays(
            configuration.ReadWholeNumber(
                "Audit:KeepDays",
                DefaultDays,
                min: 90,
                max: 99_999,
                "how many days the audit trail is kept, at least 90, which people see of their own"
            )
        );

    /// <summary>How long an entry is kept.</summary>
    public TimeSpan Kept { get; }
}
