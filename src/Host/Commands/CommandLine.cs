using Kumiko.BuildingBlocks.Configuration;

namespace Kumiko.Host.Commands;

/// <summary>
/// Splits the command line into a command with its options, and settings beside them
/// (<c>--Database:Folder=data --urls http://127.0.0.1:9999</c>).
/// </summary>
internal static class CommandLine
{
    // Only these names are settings without a section: a misspelt option, such as '--dwon 2', must not become a setting that nobody reads.
    private static readonly HashSet<string> NamesWithoutSection = new(StringComparer.OrdinalIgnoreCase)
    {
        "AllowedHosts",
        "ApplicationName",
        "ContentRoot",
        "DetailedErrors",
        "Environment",
        "Http_Ports",
        "Https_Ports",
        "Https_Port",
        "Modules",
        "PreferHostingUrls",
        "ShutdownTimeoutSeconds",
        "Urls",
        "WebRoot",
    };

    /// <summary>
    /// Separates the settings from the other arguments. A setting is <c>--Name=value</c> or <c>--Name value</c>, anywhere
    /// among the arguments.
    /// </summary>
    /// <returns>The settings, each as one <c>--Name=value</c>, and the other arguments in their order.</returns>
    /// <exception cref="InvalidSettingException">A setting has no value.</exception>
    public static (string[] Settings, string[] Others) Split(IReadOnlyList<string> arguments)
    {
        var (settings, rest) = (new List<string>(), new List<string>());
        for (var at = 0; at < arguments.Count; at++)
        {
            var argument = arguments[at];
            var name = argument.Split('=', 2)[0];
            if (!IsSetting(name))
                rest.Add(argument);
            else if (name.Length < argument.Length)
                settings.Add(argument);
            else if (at + 1 < arguments.Count && !arguments[at + 1].StartsWith("--", StringComparison.Ordinal))
                settings.Add($"{name}={arguments[++at]}");
            else
                throw new InvalidSettingException($"{name} has no value: write '{name}=...'.");
        }

        return ([.. settings], [.. rest]);
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("--", StringComparison.Ordinal)
        && (name.Contains(':', StringComparison.Ordinal) || NamesWithoutSection.Contains(name[2..]));
}
