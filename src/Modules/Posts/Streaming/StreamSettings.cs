using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Posts.Streaming;

/// <summary>Limits for the streams of one process.</summary>
/// <exception cref="InvalidSettingException">A limit is not a whole number.</exception>
internal sealed class StreamSettings(IConfiguration configuration)
{
    /// <summary>The number of streams that may be open at once.</summary>
    public int MaxStreams { get; } = Read(configuration, "Limits:Streams", 1_000, "0 for no streams");

    /// <summary>The number of missed events that a returning client receives.</summary>
    public int MaxResumedEvents { get; } = Read(configuration, "Limits:ResumedEvents", 10_000, "0 for none");

    /// <summary>The size of these events in bytes.</summary>
    public int MaxResumedBytes { get; } = Read(configuration, "Limits:ResumedBytes", 1024 * 1024, "0 for none");

    private static int Read(IConfiguration configuration, string setting, int otherwise, string none) =>
        configuration.ReadWholeNumber(setting, otherwise, min: 0, int.MaxValue, $"a whole number, {none}");
}
