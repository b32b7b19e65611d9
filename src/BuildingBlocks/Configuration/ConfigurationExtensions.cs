using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Kumiko.BuildingBlocks.Configuration;

/// <summary>Reads settings that are numbers.</summary>
public static class ConfigurationExtensions
{
    /// <summary>Reads a whole number that is written in digits alone.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="setting">The full name of the setting.</param>
    /// <param name="otherwise">The default.</param>
    /// <param name="min">The smallest number that is accepted, at least 0.</param>
    /// <param name="max">The largest.</param>
    /// <param name="meaning">What to set it to, as the end of a sentence without its full stop.</param>
    /// <exception cref="InvalidSettingException">The value is not such a number.</exception>
    public static int ReadWholeNumber(this IConfiguration configuration, string setting, int otherwise, int min, int max, string meaning) =>
        configuration[setting] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
        : throw new InvalidSettingException($"{setting} is '{text}': set it to {meaning}.");
}
