using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Identity.Exports;

/// <summary>How long an export is kept and how large it may become (the <c>Exports</c> section).</summary>
internal sealed class ExportSettings
{
    /// <exception cref="InvalidSettingException">A setting is not a whole number of at least 1.</exception>
    public ExportSettings(IConfiguration configuration)
    {
        Kept = TimeSpan.FromMinutes(Number(configuration, "Exports:KeepMinutes", 60, "how many minutes an export is kept"));
        MaxSize = 1024 * 1024 * Number(configuration, "Exports:MaxMegabytes", 8, "how many megabytes a module's part may have, compressed");
    }

    /// <summary>How long an export is kept. A user who asks again within this time gets the same one.</summary>
    public TimeSpan Kept { get; }

    /// <summary>The size from which on no more parts of a module are asked for, in bytes, compressed.</summary>
    public int MaxSize { get; }

    private static int Number(IConfiguration configuration, string setting, int otherwise, string meaning) =>
        configuration.ReadWholeNumber(setting, otherwise, min: 1, max: 1_440, $"{meaning}, 1 to 1440");
}
