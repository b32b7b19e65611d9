using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Kumiko.TestHosts;

/// <summary>What a Host's log must never contain.</summary>
public static partial class HostLog
{
    private static readonly ConcurrentDictionary<string, string> Private = new();

    /// <summary>Registers a password, a token or personal data of this run, so that every log is searched for it.</summary>
    public static void Watch(string kind, string? value)
    {
        // Shorter values occur by chance.
        if (value is { Length: >= 8 })
            Private[value] = kind;
    }

    public static void HoldsNothingPrivate(string log)
    {
        var found = Private.Where(datum => log.Contains(datum.Key, StringComparison.OrdinalIgnoreCase)).ToList();
        if (found.Count == 0)
            return;
        var line = log.Split('\n').First(text => text.Contains(found[0].Key, StringComparison.OrdinalIgnoreCase));
        Assert.Fail($"The log holds {found.Count} private data, the first a {found[0].Value}: {line}");
    }

    public static void HoldsNoUnhandledError(string log)
    {
        var errors = log.Split('\n').Where(line => Error().IsMatch(line)).ToList();
        Assert.True(errors.Count == 0, $"The log holds {errors.Count} errors, the first: {errors.FirstOrDefault()}");
    }

    [GeneratedRegex("\"LogLevel\":\\s*\"(Error|Critical)\"|^(fail|crit): |Unhandled exception")]
    private static partial Regex Error();
}
