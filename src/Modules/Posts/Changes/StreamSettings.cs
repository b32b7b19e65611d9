using System.Globalization;
using Kumiko.BuildingBlocks.Modules;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Posts.Changes;

/// <summary>How many streams one process holds open.</summary>
internal sealed class StreamSettings
{
    private const int DefaultMost = 1_000;

    /// <exception cref="InvalidSettingException">The limit is no whole number.</exception>
    public StreamSettings(IConfiguration configuration)
    {
        var text = configuration["Limits:Streams"];
        Most = string.IsNullOrEmpty(text)
            ? DefaultMost
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new InvalidSettingException($"Limits:Streams is '{text}': set it to a whole number, 0 for no streams.");
    }

    public int Most { get; }
}
