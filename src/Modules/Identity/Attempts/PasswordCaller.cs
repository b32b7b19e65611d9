namespace Kumiko.Identity.Attempts;

/// <summary>Whose password is hashed, so that one caller's do not keep those of others waiting.</summary>
/// <param name="Key">What tells callers apart.</param>
/// <param name="IsKnown">Whether the caller has signed in before: a flood of strangers does not keep it waiting.</param>
internal sealed record PasswordCaller(string Key, bool IsKnown)
{
    /// <summary>Somebody who is signed in.</summary>
    public static PasswordCaller Of(CurrentUser user) => new($"user {user.Id}", IsKnown: true);
}
