using System.Text.Json;

namespace Kumiko.Identity.Audit;

/// <summary>The names of the actions, as the table, the API and the documents write them.</summary>
internal static class AuditActions
{
    private static readonly Dictionary<AuditAction, string> Names = Enum.GetValues<AuditAction>()
        .ToDictionary(action => action, action => JsonNamingPolicy.SnakeCaseLower.ConvertName(action.ToString()));

    /// <summary>The name of an action: lower case, words joined by underscores.</summary>
    public static string Name(this AuditAction action) => Names[action];

    /// <summary>The names of all actions.</summary>
    public static IEnumerable<string> All => Names.Values;

    /// <summary>Whether there is an action of this name.</summary>
    public static bool Exists(string name) => Names.ContainsValue(name);
}
