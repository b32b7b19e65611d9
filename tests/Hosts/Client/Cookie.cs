namespace Kumiko.TestHosts.Client;

/// <summary>A cookie that an answer sets.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Attributes">The attributes by their lower-case names; a flag has an empty value.</param>
public sealed record Cookie(string Name, string Value, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The only cookie in the answer whose name contains this.</summary>
    public static Cookie Of(Answer answer, string name = "refresh")
    {
        Assert.True(answer.Headers.ContainsKey("Set-Cookie"), $"{answer}\nsets no cookie.");
        var parts = Assert
            .Single(answer.Headers["Set-Cookie"], cookie => cookie.Split('=')[0].Contains(name, StringComparison.Ordinal))
            .Split(';', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .ToList();
        HostLog.Watch($"{name} cookie", parts[0][1]);
        return new Cookie(
            parts[0][0],
            parts[0][1],
            parts.Skip(1).ToDictionary(part => part[0].ToLowerInvariant(), part => part.Length > 1 ? part[1] : "")
        );
    }

    /// <summary>The header that sends it back.</summary>
    public (string Name, string Value) Header => ("Cookie", $"{Name}={Value}");
}
