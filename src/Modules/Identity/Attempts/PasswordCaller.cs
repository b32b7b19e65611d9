namespace Kumiko.Identity.Attempts;

/// <summary>The caller whose password is hashed, so that one caller's hashes do not keep others waiting.</summary>
/// <param name="Key">Identifies the caller.</param>
/// <param name="IsKnown">Whether the caller has signed in before: a flood of strangers does not keep such a caller waiting.</param>
internal sealed record PasswordCaller(string Key, bool IsKnown)
{
    /// <summary>A signed-in user.</summary>
    public static PasswordCaller Of(CurrentUser user) => new($"user {user.Id}", IsKnown: true);
}
