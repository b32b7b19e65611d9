namespace Kumiko.Identity.Users;

/// <summary>What takes a proved e-mail address.</summary>
internal enum VerifiedEmailRule
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Creating, changing and deleting posts. Anybody may sign in, read, and manage their account.</summary>
    ToWrite,

    /// <summary>Signing in, too.</summary>
    ToSignIn,
}
